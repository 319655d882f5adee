/** What doctor looks at of the instances that a policy selects, and what it decides on them. */
package dev.freezeframe.operator.doctor.check.fleet;
