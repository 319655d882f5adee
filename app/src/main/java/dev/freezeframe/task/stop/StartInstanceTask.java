package dev.freezeframe.task.stop;

import dev.freezeframe.consistency.script.Agents;
import dev.freezeframe.consistency.script.Agents.Agent;
import dev.freezeframe.consistency.ssm.SsmAgents;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.stop.Ec2InstancePower;
import dev.freezeframe.stop.InstanceStart;
import dev.freezeframe.stop.StartFailedException;
import dev.freezeframe.stop.Starting;
import dev.freezeframe.stop.StopRow;
import dev.freezeframe.stop.Stopping;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TaskResult;
import dev.freezeframe.task.backup.BackupInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Starts the instance that was stopped for a set, and looks how far that is. Each look is one
 * invocation; the state machine waits in between.
 */
public final class StartInstanceTask extends JsonTask<BackupInput, Starting> {
  /** After about an hour a state that passes by itself has not passed. */
  public static final int MAX_LOOKS = 120;

  private static final int QUICK_LOOKS = 12;
  private static final Duration QUICK = Duration.ofSeconds(10);
  private static final Duration SLOW = Duration.ofSeconds(30);

  private final Agents agents;
  private final Ledger ledger;
  private final InstanceStart start;
  private final Clock clock;

  public StartInstanceTask() {
    this(new AwsDependencies());
  }

  public StartInstanceTask(TaskDependencies dependencies) {
    super(BackupInput.class);
    this.agents = new SsmAgents(dependencies.ssm());
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
    this.start =
        new InstanceStart(
            new Ec2InstancePower(dependencies.ec2(), dependencies.ec2WithoutRetries()),
            ledger,
            dependencies.measurements(),
            clock,
            dependencies.pause(),
            "StartInstance");
  }

  @Override
  protected String explain(Starting starting) {
    return starting.words();
  }

  /**
   * Looks, and does what follows.
   *
   * @throws StartFailedException if EC2 does not start it, or has not for an hour; the state
   *     machine goes on for hours
   */
  @Override
  protected Starting handle(BackupInput order) {
    int looks = order.work().start().map(TaskResult::answer).map(Starting::looks).orElse(0) + 1;
    Optional<StopRow> row = row(order);
    if (row.isEmpty()) {
      return Starting.done(looks, Optional.empty(), "nothing was stopped");
    }
    if (row.get().open()) {
      InstanceStart.Progress progress =
          start.step(row.get(), order.redrives() == row.get().redrives());
      if (!progress.ended()) {
        return waiting(order, looks, progress.words());
      }
    }
    return awaitAgent(order, looks, row(order).flatMap(StopRow::ended).orElseThrow());
  }

  private Starting waiting(BackupInput order, int looks, String words) {
    if (looks > MAX_LOOKS) {
      throw new StartFailedException(
          "%s does not run after %d looks: %s".formatted(order.instanceId(), looks, words));
    }
    return Starting.waiting(looks > QUICK_LOOKS ? SLOW : QUICK, looks, words);
  }

  private Starting awaitAgent(BackupInput order, int looks, StopRow.Ended ended) {
    boolean wanted =
        order.work().stop().map(TaskResult::answer).filter(Stopping::agent).isPresent();
    if (!wanted || agents.find(order.instanceId()).filter(Agent::online).isPresent()) {
      return Starting.done(looks, Optional.empty(), ended.words());
    }
    Instant until = ended.at().plus(Agents.BACK_WITHIN);
    return clock.instant().isBefore(until)
        ? Starting.waiting(SLOW, looks, ended.words() + ", and its agent is not online yet")
        : Starting.done(
            looks,
            Optional.of(
                "its SSM agent was online before the stop, and is not %d min after the start"
                    .formatted(Agents.BACK_WITHIN.toMinutes())),
            ended.words());
  }

  private Optional<StopRow> row(BackupInput order) {
    return ledger.stops(order.work().runId(), order.instanceId()).stream()
        .filter(stop -> stop.attempt().equals(order.attemptId()))
        .findFirst();
  }
}
