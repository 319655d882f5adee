/** What an execution runs in: its time, its chance, and who sees it and answers its tasks. */
package dev.freezeframe.rehearsal.asl.environment;
