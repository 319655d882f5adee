package dev.freezeframe.operator.restore;

import dev.freezeframe.common.Sleeper;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.Paragraph;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.operator.restore.text.UndoText;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoredVolume;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;

/** Undoes a restore, or deletes what is left of one: says so first, and does it when told to. */
final class LaterOrder {
  /** The end of the restore itself is not waited for: it may have ended before. */
  private static final Instant NEVER = Instant.MAX;

  private final Kind kind;
  private final Clock clock;
  private final Sleeper pause;
  private final Terminal terminal;

  LaterOrder(Kind kind, Clock clock, Sleeper pause, Terminal terminal) {
    this.kind = kind;
    this.clock = clock;
    this.pause = pause;
    this.terminal = terminal;
  }

  /** What is done to a restore that has begun. */
  enum Kind {
    UNDO {
      @Override
      Optional<String> nothing(RestoreRow row, List<RestoredVolume> volumes) {
        return UndoText.nothing(row);
      }

      @Override
      List<String> words(RestoreRow row, RestorePlan plan, List<RestoredVolume> volumes) {
        return UndoText.undo(row, plan);
      }

      @Override
      String start(RestoreOrders orders, RestoreId id) {
        return orders.undo(id);
      }
    },
    CLEAN {
      @Override
      Optional<String> nothing(RestoreRow row, List<RestoredVolume> volumes) {
        return UndoText.nothingLeft(row, volumes);
      }

      @Override
      List<String> words(RestoreRow row, RestorePlan plan, List<RestoredVolume> volumes) {
        return UndoText.clean(row, plan, volumes);
      }

      @Override
      String start(RestoreOrders orders, RestoreId id) {
        return orders.clean(id);
      }
    };

    /** Why there is nothing to do; empty: there is something. */
    abstract Optional<String> nothing(RestoreRow row, List<RestoredVolume> volumes);

    /** What would be done, a sentence each. */
    abstract List<String> words(RestoreRow row, RestorePlan plan, List<RestoredVolume> volumes);

    /** Begins; the ARN of the execution. */
    abstract String start(RestoreOrders orders, RestoreId id);

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  int call(CommandLine line, LaterOptions options, DeploymentOption deployment, RestoreId id) {
    if (options.watch() && !options.apply()) {
      throw new BadInputException("--watch is given without --apply, expected both");
    }
    return deployment.ask(found -> call(line, options, deployment, found, id));
  }

  private int call(
      CommandLine line,
      LaterOptions options,
      DeploymentOption deployment,
      Deployment found,
      RestoreId id) {
    Ledger ledger = found.ledger();
    Optional<RestoreRow> row = ledger.restore(id);
    Optional<RestorePlan> plan = ledger.restorePlan(id);
    if (row.isEmpty()) {
      line.getErr().println("%s is not in the ledger".formatted(id));
      return RestoreCommand.REFUSED;
    }
    List<RestoredVolume> volumes = ledger.restoredVolumes(id);
    Optional<String> nothing = kind.nothing(row.get(), volumes);
    if (nothing.isPresent() || plan.isEmpty()) {
      line.getErr().println(nothing.orElseGet(() -> "%s has no plan on record".formatted(id)));
      return RestoreCommand.REFUSED;
    }
    if (!options.apply()) {
      kind.words(row.get(), plan.get(), volumes).stream()
          .flatMap(words -> Paragraph.lines(terminal.columns(), Sentence.of(words)).stream())
          .forEach(line.getOut()::println);
      line.getOut().println();
      line.getOut()
          .println(
              "Nothing has been changed. To do it: ./freezeframe restore %s %s%s --apply --watch"
                  .formatted(kind.word(), id, deployment.words()));
      return 0;
    }
    return apply(line, options, deployment, found, row.get());
  }

  private int apply(
      CommandLine line,
      LaterOptions options,
      DeploymentOption deployment,
      Deployment found,
      RestoreRow row) {
    RestoreOrders orders = new RestoreOrders(found.clients().stepFunctions(), found.machine());
    String execution = kind.start(orders, row.id());
    line.getOut().println("%s of %s has begun.".formatted(kind.word(), row.id()));
    line.getOut().flush();
    if (!options.watch()) {
      line.getOut().println(RestoreEnd.seen(row.id(), deployment.words()));
      return 0;
    }
    AtomicReference<Optional<RestoreOrders.Ended>> end = new AtomicReference<>(Optional.empty());
    RestoreEnd.watch(
        line,
        terminal,
        new RestoreWatch(found.ledger(), clock, pause, line.getOut()),
        row.id(),
        deployment.words(),
        NEVER,
        () -> end.updateAndGet(any -> orders.end(execution)));
    found
        .ledger()
        .restore(row.id())
        .ifPresent(last -> RestoreEnd.print(last, found.ledger(), line.getOut()));
    return end.get().filter(over -> over.words().isEmpty()).isPresent()
        ? 0
        : RestoreCommand.REFUSED;
  }
}
