package dev.freezeframe.infra.alarm;

import dev.freezeframe.infra.function.TaskFunction;
import software.amazon.awscdk.services.events.IRule;
import software.amazon.awscdk.services.stepfunctions.StateMachine;

/**
 * What thaws the guests of executions that broke off, and starts what they stopped.
 *
 * @param rule starts the machine when an execution has ended
 * @param function sends the post-scripts for the machine, or starts
 * @param starter starts what should run again by now, whatever became of its execution
 */
public record ThawNet(
    IRule rule, StateMachine machine, TaskFunction function, TaskFunction starter) {}
