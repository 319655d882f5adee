package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.Paragraph;
import dev.freezeframe.operator.cli.ProgressLine;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.operator.cli.WholeFile;
import dev.freezeframe.operator.evidence.EvidenceMarkdown;
import dev.freezeframe.operator.report.ReportPage;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.fleet.ExampleFleet;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.FleetReader;
import dev.freezeframe.rehearsal.report.RehearsalReport;
import dev.freezeframe.rehearsal.restore.RestoreOrder;
import dev.freezeframe.rehearsal.run.Capacity;
import dev.freezeframe.rehearsal.run.CloudSettings;
import dev.freezeframe.rehearsal.run.Faults;
import dev.freezeframe.rehearsal.run.Progress;
import dev.freezeframe.rehearsal.run.Rehearsal;
import dev.freezeframe.rehearsal.run.Result;
import dev.freezeframe.rehearsal.run.RunJson;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import software.amazon.awssdk.services.ec2.model.Instance;

/** {@code ./rehearse}. */
@Command(
    name = "./rehearse",
    sortOptions = false,
    commandListHeading = "%nCommands:%n",
    header = "Runs a policy on a fleet, in an embedded cloud, on this machine.",
    description = {
      "",
      "Nothing outside this machine is touched. The tasks and the state machine files are those"
          + " that are deployed; time is virtual, so that hours take seconds, and the same seed"
          + " gives the same run. By default it runs an example fleet of 12 instances, some of them"
          + " with faults. A policy with enabled: false is rehearsed all the same.",
      "",
      "  aws ec2 describe-instances > fleet.json",
      "  ./rehearse --policy policies/default.yaml --fleet fleet.json --days 7",
      ""
    },
    footer = {
      "",
      "It prints a line per instance, and writes run.json and report.html, a page to look at, into"
          + " FOLDER. docs/rehearsal.md explains faults and fields.",
      "Exit status: 0 every instance was backed up or skipped for an allowed reason; 1 a backup,"
          + " a restore or a drill failed, a guest is still frozen, a drill left something, or no"
          + " instance matched; 2 an option or a"
          + " file cannot be used (nothing is written); 3 memory ran out; 70 a defect of the"
          + " program; 130 interrupted (nothing is written)."
    })
final class RehearseCommand implements Callable<Integer> {
  /** Any instant would do; this one is fixed, so that the same seed gives the same run. */
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "the policy, a YAML file as in policies/ (default: policies/default.yaml)")
  private Path policyFile;

  @Option(
      names = "--fleet",
      paramLabel = "FILE",
      description = "the instances: what 'aws ec2 describe-instances' prints, as JSON")
  private Path fleetFile;

  @Option(
      names = "--volumes",
      paramLabel = "FILE",
      description = "their volumes: what 'aws ec2 describe-volumes' prints, as JSON")
  private Path volumesFile;

  @Option(
      names = "--faults",
      paramLabel = "FILE",
      description = "what goes wrong, a YAML file (docs/rehearsal.md)")
  private Path faultsFile;

  @Option(
      names = "--documents",
      paramLabel = "FOLDER",
      description =
          "SSM documents of your own, as NAME.yaml or NAME.json; only the one that the policy names"
              + " is read")
  private Path documentsFolder;

  @Option(
      names = "--days",
      paramLabel = "N",
      converter = Days.class,
      description =
          "fires the schedule whenever it falls due in N days, and runs retention on each of them"
              + " (default: one firing, no retention)")
  private Integer days;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "random seed; the same seed gives the same run (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--pending-limit",
      paramLabel = "N",
      description =
          "how many snapshots may be pending at once in the account and Region (default:"
              + " ${DEFAULT-VALUE}, as in an ordinary account)",
      defaultValue = "100")
  private int pendingLimit;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description =
          "how many functions may run at once in the account (default: AWS's 1000; new accounts"
              + " have about 10)")
  private Integer concurrency;

  @Mixin private final RestoreFlags restore = new RestoreFlags();

  @Option(
      names = {"-q", "--quiet"},
      description = "prints a line per instance for all runs together, and the result")
  private boolean quiet;

  @Mixin private final OutFolder out = new OutFolder();

  RehearseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path root = Root.find();
    refuseWrongNumbers();
    Policy policy = readPolicy(root);
    boolean example = fleetFile == null;
    Fleet fleet = readFleet(example);
    refuseMissingTypes(policy, fleet);
    Optional<RestoreOrder> restores = restore.order(fleet);
    Path stateMachines = root.resolve("statemachines");
    Function<VirtualTime, Faults> faults =
        new FaultLoader(fleet, stateMachines, START, new Seed(seed))
            .read(Optional.ofNullable(faultsFile), example);
    Map<String, String> documents = DocumentsFolder.read(documentsFolder, policy);
    List<Instant> firings = Rehearsal.firings(policy, START, days == null ? 0 : days);
    if (firings.isEmpty()) {
      throw new BadInputException(
          "%s: schedule never falls due %s, expected at least one firing%s"
              .formatted(
                  policyFile(root),
                  days == null ? "again" : "within %d days".formatted(days),
                  first(policy)));
    }
    out.refuseUnwritable();
    CloudSettings settings =
        new CloudSettings(seed, START, fleet, documents, faults, pendingLimit)
            .with(concurrency == null ? Capacity.USUAL : Capacity.ofConcurrency(concurrency));
    PrintWriter stdout = spec.commandLine().getOut();
    Paragraph.lines(terminal.columns(), policy.sentence()).forEach(stdout::println);
    Result result;
    AtomicReference<String> left =
        new AtomicReference<>("Interrupted: nothing is written, %s is as it was.");
    try (ProgressLine progress =
        new ProgressLine(
            spec.commandLine().getErr(), terminal, () -> left.get().formatted(out.folder()))) {
      progress.begin("starting the embedded cloud");
      result =
          Rehearsal.rehearse(
              policy,
              firings,
              days == null ? 0 : days,
              settings,
              stateMachines,
              restores,
              reached -> progress.show(() -> words(reached)));
      progress.begin("writing " + out.run());
      WholeFile.write(out.run(), "result", RunJson.write(result));
      left.set("Interrupted: in %s run.json is of this rehearsal, report.html is not.");
      result
          .drills()
          .evidence()
          .ifPresent(
              evidence ->
                  WholeFile.write(out.evidence(), "evidence", EvidenceMarkdown.write(evidence)));
      progress.begin("writing " + out.page());
      WholeFile.write(out.page(), "page", ReportPage.write(RehearsalReport.of(result)));
    }
    new Report(stdout, terminal.columns(), quiet).print(result, documents, pendingLimit, out);
    return result.good() && result.matchedAny() ? 0 : 1;
  }

  /** How many days would do. */
  private static String first(Policy policy) {
    return Rehearsal.firings(policy, START, 0).stream()
        .findFirst()
        .map(
            at ->
                " (the first is at %s: --days %d)"
                    .formatted(at, Duration.between(START, at).toDays() + 1))
        .orElse("");
  }

  private static String words(Progress reached) {
    long ended = reached.backups().stream().filter(backup -> backup.endedAt().isPresent()).count();
    if (reached.backups().isEmpty()) {
      return "virtual time %s: no backup has begun".formatted(reached.now());
    }
    return "virtual time %s: %d of %d backups have ended"
        .formatted(reached.now(), ended, reached.backups().size());
  }

  /** Reads a number of days, at most about ten years. */
  private static final class Days implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (value.matches("[0-9]{1,4}")) {
        int days = Integer.parseInt(value);
        if (days >= 1 && days <= 3_660) {
          return days;
        }
      }
      throw new TypeConversionException("it is '%s', expected 1 to 3660".formatted(value));
    }
  }

  private void refuseWrongNumbers() {
    if (pendingLimit < 1) {
      throw wrong("--pending-limit is %d, expected at least 1".formatted(pendingLimit));
    }
    if (concurrency != null && concurrency < 1) {
      throw wrong("--concurrency is %d, expected at least 1".formatted(concurrency));
    }
    if (volumesFile != null && fleetFile == null) {
      throw wrong("--volumes describes the volumes of a --fleet, expected both, found one");
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private Path policyFile(Path root) {
    return policyFile == null ? root.resolve("policies").resolve("default.yaml") : policyFile;
  }

  private Policy readPolicy(Path root) {
    return new PolicyReader().read(policyFile(root));
  }

  /** What decides whether an instance may be stopped, and EC2 says of every instance. */
  private void refuseMissingTypes(Policy policy, Fleet fleet) {
    if (policy.stop().isEmpty()) {
      return;
    }
    for (Instance instance : fleet.instances()) {
      if (instance.instanceType() == null || instance.rootDeviceType() == null) {
        throw new BadInputException(
            "%s: %s has no %s, expected what describe-instances prints: policy %s stops instances, and they tell whether a stop would erase volumes"
                .formatted(
                    fleetFile,
                    instance.instanceId(),
                    instance.instanceType() == null ? "InstanceType" : "RootDeviceType",
                    policy.name()));
      }
    }
  }

  private Fleet readFleet(boolean example) {
    return example
        ? ExampleFleet.read(new Seed(seed))
        : new FleetReader(new Seed(seed)).read(fleetFile, Optional.ofNullable(volumesFile));
  }
}
