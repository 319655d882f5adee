package dev.freezeframe.snapshot;

/** Where a snapshot stands. It leaves {@code PENDING} once and never comes back to it. */
public enum SnapshotState {
  PENDING,
  COMPLETED,
  ERROR;

  public boolean settled() {
    return this != PENDING;
  }
}
