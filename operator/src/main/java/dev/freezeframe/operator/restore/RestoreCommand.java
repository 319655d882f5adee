package dev.freezeframe.operator.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.Sleeper;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.operator.doctor.aws.fleet.KmsKeys;
import dev.freezeframe.operator.restore.text.RestoreText;
import dev.freezeframe.operator.restore.text.To;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyFiles;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.plan.Planned;
import dev.freezeframe.restore.plan.RestorePlanner;
import dev.freezeframe.restore.view.RestoreReader;
import dev.freezeframe.restore.view.RestoreView;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
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

  @Parameters(
      arity = "0..1",
      paramLabel = "SET|INSTANCE[@TIME]",
      description =
          "a set (the tag freezeframe:set), or an instance: its newest whole set, of the time or"
              + " before it (2026-11-28T14:00:00Z)")
  private String what;

  @Option(
      names = "--to",
      paramLabel = "WHERE",
      defaultValue = "volumes",
      description =
          "volumes: attached to nothing (default); instance=ID: beside its own volumes; new: a new"
              + " instance like the old one; in-place: in the place of its volumes, which are kept;"
              + " root: its root volume alone")
  private String to;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "the Availability Zone (default: the target's, or that on record)")
  private String zone;

  @Option(
      names = "--initialize",
      paramLabel = "MiB/s",
      description =
          "initializes the volumes at that rate, 100 to 300 (default: no rate is promised)")
  private Integer initialize;

  @Option(
      names = "--wait-initialized",
      description = "the restore is over only when the volumes are initialized")
  private boolean waitInitialized;

  @Option(
      names = "--leave",
      paramLabel = "VOL",
      split = ",",
      description = "of in-place: a volume that stays attached though the set has none of it")
  private List<String> leave = new ArrayList<>();

  @Option(
      names = "--accept",
      paramLabel = "VERDICT",
      split = ",",
      description = "restores a set that is UNKNOWN or CRASH, too")
  private List<String> accept = new ArrayList<>();

  @Option(
      names = "--no-tags",
      paramLabel = "KEYS",
      split = ",",
      description = "tags that the copies do not get, besides those by which policies choose")
  private List<String> noTags = new ArrayList<>();

  @Option(
      names = "--target-tags",
      description = "the copies get the tags by which policies choose instances, too")
  private boolean targetTags;

  @Option(names = "--name", paramLabel = "NAME", description = "of new: its Name")
  private String name;

  @Option(
      names = "--policies",
      paramLabel = "FOLDER",
      description = "the folder of the policies (default: policies, beside ./freezeframe)")
  private Path policies = Path.of(System.getProperty("freezeframe.root", "")).resolve("policies");

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
    if (what == null) {
      throw new ParameterException(
          spec.commandLine(), "expected a set or an instance (i-...), found none");
    }
    SetFinder wanted = SetFinder.parse(what);
    To where = To.parse(to);
    List<Consistency> accepted = accept.stream().map(RestoreCommand::verdict).toList();
    check();
    TreeSet<String> without = new TreeSet<>(noTags);
    if (!targetTags) {
      without.addAll(targetKeys());
    }
    return deployment.ask(
        found -> {
          Ledger ledger = found.ledger();
          SetFinder.Found set = wanted.in(ledger, accepted);
          if (set.set().isEmpty()) {
            return refuse(List.of(), set.words());
          }
          RestoreRequest request =
              new RestoreRequest(
                  set.set().get(),
                  set.instance().orElseThrow(),
                  where.destination(),
                  where.target(),
                  Optional.ofNullable(zone),
                  initialize == null ? OptionalInt.empty() : OptionalInt.of(initialize),
                  waitInitialized,
                  leave.stream().map(RestoreCommand::volume).toList(),
                  accepted,
                  without,
                  targetTags,
                  Optional.ofNullable(name));
          return plan(found, ledger, request, set.words());
        });
  }

  private void check() {
    leave.forEach(RestoreCommand::volume);
    if (initialize != null && (initialize < 100 || initialize > 300)) {
      throw new BadInputException("--initialize is %d, expected 100 to 300".formatted(initialize));
    }
    if (waitInitialized && initialize == null) {
      throw new BadInputException(
          "--wait-initialized is given without --initialize, expected both: EC2 promises no rate, and the restore could wait for days");
    }
    if (zone != null && !zone.matches("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}(-[a-z]+-[0-9]+)?[a-z]")) {
      throw new BadInputException(
          "--zone is %s, expected an Availability Zone such as eu-central-1a"
              .formatted(Sentence.of(zone)));
    }
    if (apply != null && !apply.matches("[0-9a-f]{16}")) {
      throw new BadInputException(
          "--apply is %s, expected the hash of a plan, 16 hexadecimal digits"
              .formatted(Sentence.of(apply)));
    }
    if (watch && apply == null) {
      throw new BadInputException("--watch is given without --apply, expected a plan to apply");
    }
  }

  private static VolumeId volume(String id) {
    try {
      return new VolumeId(id);
    } catch (IllegalArgumentException malformed) {
      throw new BadInputException("--leave: " + malformed.getMessage());
    }
  }

  private static Consistency verdict(String word) {
    if (word.equals("UNKNOWN") || word.equals("CRASH")) {
      return Consistency.valueOf(word);
    }
    throw new BadInputException(
        "--accept is %s, expected UNKNOWN or CRASH".formatted(Sentence.of(word)));
  }

  private List<String> targetKeys() {
    try {
      return PolicyFiles.read(policies, new PolicyReader()::read).stream()
          .flatMap((Policy policy) -> policy.targets().stream())
          .map(target -> target.key())
          .toList();
    } catch (IllegalArgumentException wrong) {
      List<String> sentences = new ArrayList<>(Arrays.asList(wrong.getMessage().split("\n")));
      sentences.add(
          "which tags choose instances is not known without the policies; --target-tags copies all");
      throw new BadInputException(sentences);
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
                      request, noTags, policies(), deployment.words(), plan.hash())));
    }
    return 0;
  }

  private Optional<Path> policies() {
    return spec.commandLine().getParseResult().hasMatchedOption("--policies")
        ? Optional.of(policies)
        : Optional.empty();
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
