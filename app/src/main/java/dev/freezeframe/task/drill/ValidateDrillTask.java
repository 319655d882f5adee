package dev.freezeframe.task.drill;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.consistency.marker.ScriptMarkers;
import dev.freezeframe.consistency.script.CommandRefusedException;
import dev.freezeframe.consistency.script.CommandThrottledException;
import dev.freezeframe.consistency.script.Commands;
import dev.freezeframe.consistency.script.Commands.Sent;
import dev.freezeframe.consistency.script.DocumentRefusedException;
import dev.freezeframe.consistency.script.GuestGoneException;
import dev.freezeframe.consistency.script.ScriptRun;
import dev.freezeframe.consistency.ssm.SsmCommands;
import dev.freezeframe.drill.DrillBounds;
import dev.freezeframe.drill.DrillCheck;
import dev.freezeframe.drill.DrillCommand;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.InputRefusedException;
import dev.freezeframe.task.TaskDependencies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a command of the drill's document, and looks until it has ended. What was sent is found
 * again by its comment.
 */
public final class ValidateDrillTask extends DrillStepTask {
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Systems Manager shows by then what it was sent. */
  private static final Duration SHOWN = Duration.ofSeconds(60);

  /** Of a guest that refused: longer than Systems Manager takes to show what it was sent. */
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(60);

  private static final int PRINTED = 300;

  /** Of the contract of drill documents: another command of the drill is under way. */
  private static final int UNDER_WAY = 204;

  /** Of the same: no drill instance, which one is before its user data has run. */
  private static final int NOT_READY = 206;

  private final Commands commands;

  public ValidateDrillTask() {
    this(new AwsDependencies());
  }

  public ValidateDrillTask(TaskDependencies dependencies) {
    super(dependencies);
    this.commands =
        new SsmCommands(dependencies.ssmWithoutRetries(), dependencies.ssm(), dependencies.clock());
  }

  @Override
  protected DrillStep handle(DrillInput input) {
    DrillCommand command =
        input
            .command()
            .orElseThrow(
                () ->
                    new InputRefusedException(
                        "input of ValidateDrill: command is missing, expected dry-run or"
                            + " validate"));
    OpenDrill drill = open(input);
    DrillRow row = drill.row();
    if (row.check(command).isPresent()) {
      reached(drill, command);
      return answer(row.check(command).get());
    }
    Commands.Order order = order(row, command);
    List<Sent> sent = commands.find(order, row.at(DrillStage.LAUNCHING).orElseThrow());
    if (sent.isEmpty()) {
      return send(input, drill, command, order);
    }
    Sent one = decisive(command, sent);
    return isRefused(command, one) && one.sentAt().isBefore(lastTry(row, command, order))
        ? again(input, drill, command, order.again(sent.size() + 1), one)
        : look(input, drill, command, order, one);
  }

  /**
   * The command that counts. A second may have been sent after an answer that was lost, since no
   * document says how soon Systems Manager lists a command: it is refused while the first runs, and
   * checks once more what the first has checked. So the first that exited counts, then one that
   * runs, then one that ended otherwise; a refusal says nothing.
   */
  private static Sent decisive(DrillCommand command, List<Sent> sent) {
    return sent.stream()
        .filter(one -> exited(one) && !isRefused(command, one))
        .findFirst()
        .or(() -> sent.stream().filter(one -> one.ended().isEmpty()).findFirst())
        .or(() -> sent.stream().filter(one -> !isRefused(command, one)).findFirst())
        .orElseGet(() -> sent.get(sent.size() - 1));
  }

  private static boolean exited(Sent one) {
    return one.ended()
        .filter(run -> run.succeeded() || run.ending() == ScriptRun.Ending.FAILED)
        .isPresent();
  }

  /** Whether nothing was touched, for a reason that passes. */
  private static boolean isRefused(DrillCommand command, Sent one) {
    return one.ended()
        .filter(run -> run.ending() == ScriptRun.Ending.FAILED)
        .filter(
            run ->
                run.exitCode() == UNDER_WAY
                    || (command == DrillCommand.DRY_RUN && run.exitCode() == NOT_READY))
        .isPresent();
  }

  /**
   * What is refused that was sent before may pass, however late anybody looks: an execution may be
   * redriven hours after.
   */
  private static Instant lastTry(DrillRow row, DrillCommand command, Commands.Order order) {
    Instant since = row.at(command.stage()).orElse(row.startedAt());
    return since.plus(command == DrillCommand.DRY_RUN ? DrillBounds.READY : bound(order));
  }

  private static Commands.Order order(DrillRow row, DrillCommand command) {
    Duration timeout =
        command == DrillCommand.DRY_RUN ? DrillBounds.DRY_RUN : row.order().drill().timeout();
    return new Commands.Order(
        row.found().instance().orElseThrow(),
        row.plan().orElseThrow().document().orElseThrow(),
        Map.of(
            "executionId", row.id().scriptExecution().value(),
            "command", command.parameter(),
            "members", row.plan().orElseThrow().membersParameter(row.found().volumes()),
            "timeoutSeconds", Long.toString(timeout.toSeconds())),
        "freezeframe drill %s %s".formatted(command.parameter(), row.id()),
        DrillBounds.DELIVERY,
        timeout);
  }

  private DrillStep look(
      DrillInput input, OpenDrill drill, DrillCommand command, Commands.Order order, Sent sent) {
    if (sent.ended().isPresent()) {
      return record(drill, command, check(drill.row().id(), sent.ended().get()));
    }
    Instant latest = sent.sentAt().plus(bound(order));
    if (!clock.instant().isAfter(latest)) {
      return waiting(
          input, LOOK, "the %s was sent at %s".formatted(command.parameter(), sent.sentAt()));
    }
    commands.cancel(order, sent.commandId());
    return record(
        drill,
        command,
        new DrillCheck(
            sent.started() ? ScriptRun.Ending.TIMED_OUT : ScriptRun.Ending.UNDELIVERED,
            -1,
            sent.started()
                ? "did not end within %d s".formatted(bound(order).toSeconds())
                : "was not delivered to the drill instance",
            Map.of(),
            List.of(),
            clock.instant()));
  }

  private static Duration bound(Commands.Order order) {
    return order.delivery().plus(order.timeout()).plus(DrillBounds.GRACE);
  }

  /** Once more, and no look before Systems Manager may show it. */
  private DrillStep again(
      DrillInput input, OpenDrill drill, DrillCommand command, Commands.Order order, Sent refused) {
    if (clock.instant().isBefore(refused.sentAt().plus(BETWEEN_TRIES))) {
      return waiting(input, LOOK, "the guest is not ready");
    }
    drill.check();
    return deliver(input, drill, command, order, BETWEEN_TRIES);
  }

  /** On record before it is sent: an answer that is lost is looked for before it is sent again. */
  private DrillStep send(
      DrillInput input, OpenDrill drill, DrillCommand command, Commands.Order order) {
    Instant now = clock.instant();
    Optional<Instant> before = drill.row().at(command.stage());
    if (before.filter(at -> now.isBefore(at.plus(SHOWN))).isPresent()) {
      return waiting(input, LOOK, "Systems Manager does not show the command yet");
    }
    if (before.filter(at -> now.isAfter(at.plus(bound(order)))).isPresent()) {
      return unsent(drill, command, "could not be sent");
    }
    drill.check();
    drill.reached(command.stage());
    return deliver(input, drill, command, order, LOOK);
  }

  private DrillStep deliver(
      DrillInput input,
      OpenDrill drill,
      DrillCommand command,
      Commands.Order order,
      Duration untilShown) {
    try {
      commands.send(order);
    } catch (CommandThrottledException busy) {
      return waiting(input, LOOK, busy.getMessage());
    } catch (DocumentRefusedException | GuestGoneException | CommandRefusedException refused) {
      return unsent(drill, command, "was not sent: " + refused.getMessage());
    }
    return waiting(input, untilShown, "the %s is sent".formatted(command.parameter()));
  }

  private DrillStep unsent(OpenDrill drill, DrillCommand command, String words) {
    return record(
        drill,
        command,
        new DrillCheck(
            ScriptRun.Ending.UNDELIVERED, -1, words, Map.of(), List.of(), clock.instant()));
  }

  private static DrillCheck check(DrillId id, ScriptRun run) {
    AttemptId execution = id.scriptExecution();
    ScriptMarkers stamps = ScriptMarkers.of(run.outputTail());
    return new DrillCheck(
        run.ending(),
        run.exitCode(),
        words(run, stamps.causes()),
        stamps.times(execution),
        stamps.unchecked(execution),
        run.knownAt());
  }

  /** A document of others names no causes; then the last that it printed has to do. */
  private static String words(ScriptRun run, List<String> causes) {
    if (run.ending() != ScriptRun.Ending.FAILED) {
      return run.describe() + run.doubt().orElse("");
    }
    return causes.isEmpty()
        ? LogSafe.endOf(run.outputTail(), PRINTED)
        : LogSafe.of(String.join("; ", causes));
  }

  private DrillStep record(OpenDrill drill, DrillCommand command, DrillCheck check) {
    ledger.recordCheck(drill.row().id(), command, check);
    reached(drill, command);
    return answer(check);
  }

  /** The first time stands: a function that died before it is late by its retry at most. */
  private static void reached(OpenDrill drill, DrillCommand command) {
    if (command == DrillCommand.VALIDATE) {
      drill.reached(DrillStage.VALIDATED);
    }
  }

  private DrillStep answer(DrillCheck check) {
    return check.succeeded()
        ? done(check.words())
        : failed(
            check.words().isEmpty()
                ? "it exited with %d".formatted(check.exitCode())
                : check.words());
  }
}
