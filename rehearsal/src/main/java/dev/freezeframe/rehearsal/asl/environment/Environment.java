package dev.freezeframe.rehearsal.asl.environment;

import dev.freezeframe.rehearsal.time.VirtualTime;
import java.util.function.DoubleSupplier;

/**
 * What an execution runs in.
 *
 * @param chance draws a number from 0 to below 1, for the jitter of retries
 */
public record Environment(VirtualTime time, DoubleSupplier chance, ExecutionObserver observer) {}
