package dev.freezeframe.operator.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.Sleeper;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.operator.doctor.aws.fleet.KmsKeys;
import dev.freezeframe.operator.restore.text.RestoreText;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.plan.Planned;
import dev.freezeframe.restore.plan.RestorePlanner;
import dev.freezeframe.restore.view.RestoreReader;
import dev.freezeframe.restore.view.RestoreView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./freezeframe restore}. */
@Command(
    name = "restore",
    sortOptions = false,
    header = "Restores a set: says what that would do, and does exactly that when told to.",
    description = {
      "",
      "Without --apply nothing is changed: the plan is printed, the verdict on the set first, and a"
          + " command that applies it. A set is restored whole or not at all. Volumes that are there"
          + " now are never deleted.",
      ""
    },
    commandListHeading = "%nCommands, each with a --help of its own:%n",
    footer = {
      "",
      "docs/restoring.md has a command for each situation.",
      "Exit status: 0 planned, or restored; 1 refused, or failed; 2 an option cannot be used."
    })
public final class RestoreCommand implements Callable<Integer> {
  /** Exit status: refused, failed, or not there. */
  static final int REFUSED = 1;

  private final Clock clock;
  private final Sleeper pause;
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private final RequestOptions options = new RequestOptions();

  @Option(
      names = "--apply",
      paramLabel = "HASH",
      description = "carries out the plan that has this hash, and no other")
  private String apply;

  @Option(names = "--watch", description = "with --apply: shows how far it is until it has ended")
  private boolean watch;

  @Option(names = "--json", description = "prints JSON instead of sentences")
  private boolean json;

  @Mixin private final DeploymentOption deployment;

  private RestoreCommand(
      DeploymentOption deployment, Clock clock, Sleeper pause, Terminal terminal) {
    this.deployment = deployment;
    this.clock = clock;
    this.pause = pause;
    this.terminal = terminal;
  }

  /** The command with its subcommands. */
  public static CommandLine line() {
    return line(
        DeploymentOption::new, Clock.systemUTC(), Sleeper.sleeping(), Terminal.ofLauncher());
  }

  /**
   * The same, for a cloud that is elsewhere.
   *
   * @param deployments makes the options of each command
   */
  public static CommandLine line(
      Supplier<DeploymentOption> deployments, Clock clock, Sleeper pause, Terminal terminal) {
    CommandLine line =
        new CommandLine(new RestoreCommand(deployments.get(), clock, pause, terminal));
    line.addSubcommand(new ListCommand(deployments.get(), clock, terminal));
    line.addSubcommand(new ShowCommand(deployments.get(), clock, pause, terminal));
    line.addSubcommand(new UndoCommand(deployments.get(), clock, pause, terminal));
    line.addSubcommand(new CleanCommand(deployments.get(), clock, pause, terminal));
    return line;
  }

  /**
   * A plan as JSON.
   *
   * @param reasons why it is refused
   */
  private record Answer(
      List<String> chosen, Optional<Planned.Plan> planned, List<String> reasons) {}

  @Override
  public Integer call() {
    check();
    SetFinder wanted = options.wanted();
    Function<SetFinder.Found, RestoreRequest> requests = options.requests();
    return deployment.ask(
        found -> {
          Ledger ledger = found.ledger();
          SetFinder.Found set = wanted.in(ledger, options.accepted());
          return set.set().isEmpty()
              ? refuse(List.of(), set.words())
              : plan(found, ledger, requests.apply(set), set.words());
        });
  }

  private void check() {
    if (apply != null && !apply.matches("[0-9a-f]{16}")) {
      throw new BadInputException(
          "--apply is %s, expected the hash of a plan, 16 hexadecimal digits"
              .formatted(Sentence.of(apply)));
    }
    if (watch && apply == null) {
      throw new BadInputException("--watch is given without --apply, expected a plan to apply");
    }
  }

  private int plan(Deployment found, Ledger ledger, RestoreRequest request, List<String> chosen) {
    RestoreView view = new RestoreReader(found.clients().ec2(), ledger, clock).look(request);
    Planned planned = RestorePlanner.plan(request, view);
    if (planned instanceof Planned.Refused refused) {
      return refuse(chosen, refused.reasons());
    }
    Planned.Plan plan = (Planned.Plan) planned;
    KeyStates keys = KeyStates.of(plan.plan(), new KmsKeys(found.clients().kms())::state);
    if (!keys.reasons().isEmpty()) {
      return refuse(chosen, keys.reasons());
    }
    List<String> warnings = new ArrayList<>(plan.warnings());
    warnings.addAll(keys.warnings());
    Planned.Plan whole = new Planned.Plan(plan.plan(), plan.hash(), warnings);
    if (apply != null) {
      return apply(found, ledger, whole);
    }
    if (json) {
      print(new Answer(chosen, Optional.of(whole), List.of()));
    } else {
      new RestoreText(spec.commandLine().getOut(), terminal.columns())
          .print(
              whole,
              view,
              chosen,
              Optional.of(
                  RestoreArguments.words(
                      request,
                      options.noTags(),
                      options.policies(),
                      deployment.words(),
                      plan.hash())));
    }
    return 0;
  }

  private int refuse(List<String> chosen, List<String> reasons) {
    if (json) {
      print(new Answer(chosen, Optional.empty(), reasons));
    } else {
      new RestoreText(spec.commandLine().getErr(), terminal.columns()).print(reasons, chosen);
    }
    return REFUSED;
  }

  private int apply(Deployment found, Ledger ledger, Planned.Plan plan) {
    if (!plan.hash().equals(apply)) {
      return refuse(
          List.of(),
          List.of(
              "the plan is another now, %s instead of %s: something has changed since; look at it again without --apply"
                  .formatted(plan.hash(), apply)));
    }
    Instant now = clock.instant();
    RestoreId id = RestoreOrders.id(plan.hash(), now);
    RestoreOrders orders = new RestoreOrders(found.clients().stepFunctions(), found.machine());
    String execution = orders.restore(id, plan.plan(), plan.hash());
    if (!json) {
      spec.commandLine().getOut().println("%s has begun.".formatted(id));
      spec.commandLine().getOut().flush();
    }
    if (!watch) {
      if (json) {
        print(new Begun(id, execution));
      } else {
        spec.commandLine().getOut().println(RestoreEnd.seen(id, deployment.words()));
      }
      return 0;
    }
    Optional<RestoreRow> ended =
        RestoreEnd.watch(
            spec.commandLine(),
            terminal,
            new RestoreWatch(
                ledger,
                clock,
                pause,
                json ? spec.commandLine().getErr() : spec.commandLine().getOut()),
            id,
            deployment.words(),
            now,
            () -> orders.end(execution));
    if (json) {
      print(ended);
    } else {
      ended.ifPresent(row -> RestoreEnd.print(row, ledger, spec.commandLine().getOut()));
    }
    return ended.filter(row -> row.status() == RestoreRow.Status.SUCCEEDED).isPresent()
        ? 0
        : REFUSED;
  }

  /** A restore that has begun, as JSON. */
  private record Begun(RestoreId restoreId, String execution) {}

  private void print(Object answer) {
    spec.commandLine().getOut().println(json(answer));
  }

  static String json(Object answer) {
    try {
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(answer);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("answer of restore: expected JSON", impossible);
    }
  }
}
