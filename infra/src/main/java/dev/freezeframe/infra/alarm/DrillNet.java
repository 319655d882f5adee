package dev.freezeframe.infra.alarm;

import dev.freezeframe.infra.function.TaskFunction;

/**
 * What is watched of drills besides their verdicts.
 *
 * @param chooser starts them
 * @param sweeper takes away what they have left
 */
public record DrillNet(TaskFunction chooser, TaskFunction sweeper) {}
