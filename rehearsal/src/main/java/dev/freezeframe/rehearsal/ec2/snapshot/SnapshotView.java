package dev.freezeframe.rehearsal.ec2.snapshot;

import java.time.Instant;
import java.util.SortedMap;

/**
 * A snapshot as it really is, whatever a caller could see of it yet.
 *
 * @param state {@code pending}, {@code completed} or {@code error}
 */
public record SnapshotView(
    String snapshotId,
    String volumeId,
    String instanceId,
    String state,
    Instant startTime,
    SortedMap<String, String> tags) {}
