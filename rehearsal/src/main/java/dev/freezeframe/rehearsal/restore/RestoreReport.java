package dev.freezeframe.rehearsal.restore;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoreRow.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a restore, as {@code run.json} tells it.
 *
 * @param askedAt when it was planned
 * @param status {@code FAILED} also where it did not come to an end
 * @param reached when each stage was first reached
 * @param states the names of the states of its execution, in the order entered
 * @param volumes that it created, as EC2 has them; also those that are deleted again
 */
public record RestoreReport(
    RestoreId id,
    RestoreRequest request,
    Instant askedAt,
    Status status,
    String reason,
    Map<Stage, Instant> reached,
    List<String> states,
    List<CreatedVolume> volumes) {

  /** The stages that somebody waits for, in their order. */
  public static final List<Stage> TOLD =
      List.of(Stage.AVAILABLE, Stage.STOPPED, Stage.ATTACHED, Stage.RUNNING, Stage.INITIALIZED);

  public RestoreReport {
    EnumMap<Stage, Instant> stages = new EnumMap<>(Stage.class);
    stages.putAll(reached);
    reached = Collections.unmodifiableMap(stages);
    states = List.copyOf(states);
    volumes = List.copyOf(volumes);
  }

  public InstanceId instance() {
    return request.instance();
  }

  public AttemptId set() {
    return request.set();
  }

  /** How long after it was asked for it reached a stage; empty: it did not. */
  public Optional<Duration> after(Stage stage) {
    return Optional.ofNullable(reached.get(stage)).map(at -> Duration.between(askedAt, at));
  }

  /** Whether what was asked for is not there; a refusal is an answer. */
  public boolean failed() {
    return status != Status.SUCCEEDED && status != Status.REFUSED;
  }
}
