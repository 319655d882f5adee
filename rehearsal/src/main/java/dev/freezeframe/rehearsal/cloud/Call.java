package dev.freezeframe.rehearsal.cloud;

import java.time.Instant;

/**
 * One AWS call that was made.
 *
 * @param action as IAM names it: {@code ec2:CreateSnapshots}
 * @param startedAt when it left the caller
 * @param endedAt when the answer was there
 * @param detail what tells calls of an action apart, such as the {@code command} of a SendCommand
 * @param error the error code it was answered with; empty string if it succeeded
 */
public record Call(
    String action,
    Caller caller,
    Instant startedAt,
    Instant endedAt,
    String detail,
    String error) {}
