/** The Key Management Service: keys and their states, for volumes and for those who ask. */
package dev.freezeframe.rehearsal.kms;
