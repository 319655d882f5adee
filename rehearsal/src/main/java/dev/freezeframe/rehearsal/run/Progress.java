package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.states.Execution;
import java.time.Instant;
import java.util.List;

/** How far a rehearsal is. */
public final class Progress {
  private final EmbeddedCloud cloud;

  Progress(EmbeddedCloud cloud) {
    this.cloud = cloud;
  }

  public Instant now() {
    return cloud.time().instant();
  }

  /** The executions of {@code snapshot-instance}. */
  public List<Execution> backups() {
    return cloud.backups();
  }
}
