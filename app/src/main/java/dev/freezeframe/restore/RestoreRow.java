package dev.freezeframe.restore;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.common.InstanceId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A restore, as it goes and as it ended.
 *
 * @param hash of the plan that it carries out
 * @param execution ARN of the execution that does
 * @param startedAt when it was claimed
 * @param reason why it has this status, in a sentence
 * @param reached when each stage was first reached
 * @param launched the new instance
 * @param image that was registered for the launch; empty: none, or it is deregistered
 * @param endedAt empty: it goes on
 */
public record RestoreRow(
    RestoreId id,
    RestoreRequest request,
    String hash,
    String execution,
    Instant startedAt,
    Status status,
    String reason,
    Map<Stage, Instant> reached,
    Optional<InstanceId> launched,
    Optional<String> image,
    Optional<Instant> endedAt) {

  public RestoreRow {
    startedAt = startedAt.truncatedTo(MILLIS);
    EnumMap<Stage, Instant> stages = new EnumMap<>(Stage.class);
    reached.forEach((stage, at) -> stages.put(stage, at.truncatedTo(MILLIS)));
    reached = Collections.unmodifiableMap(stages);
    endedAt = endedAt.map(at -> at.truncatedTo(MILLIS));
  }

  /** How a restore stands. */
  public enum Status {
    RUNNING,
    SUCCEEDED,
    /** Refused before anything was created. */
    REFUSED,
    /** Failed, and all is as it was before. */
    UNDONE,
    /**
     * Failed, and not all could be undone; the reason names what is left. As long as it is open,
     * its undo is tried again.
     */
    FAILED
  }

  /** Whether it has not ended, or is being undone after it had. */
  public boolean open() {
    return endedAt.isEmpty();
  }

  /** Whether its undo could not be finished so far, and is tried again until it is. */
  public boolean notUndone() {
    return open() && status == Status.FAILED;
  }

  /** Whether it is being undone, or was. */
  public boolean undoing() {
    return reached.containsKey(Stage.UNDOING);
  }

  /** When a stage was first reached. */
  public Optional<Instant> at(Stage stage) {
    return Optional.ofNullable(reached.get(stage));
  }

  /** The stages, each of which is reached once at most. */
  public enum Stage {
    /** All volumes are available. */
    AVAILABLE,
    /** The stop of the target is about to be ordered: from then on it has to be started. */
    STOPPING,
    /** The target is stopped. */
    STOPPED,
    /** All volumes are attached. */
    ATTACHED,
    /** The target, or the new instance, runs. */
    RUNNING,
    /** Every block of all volumes has been read from their snapshots. */
    INITIALIZED,
    /** It is being undone, and nothing goes on with it. */
    UNDOING
  }
}
