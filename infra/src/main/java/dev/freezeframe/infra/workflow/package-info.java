/** State machines, from the files in {@code statemachines}. */
package dev.freezeframe.infra.workflow;
