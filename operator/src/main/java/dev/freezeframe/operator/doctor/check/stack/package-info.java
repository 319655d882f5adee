/** What doctor looks at in a deployed stack, and what it decides on each thing. */
package dev.freezeframe.operator.doctor.check.stack;
