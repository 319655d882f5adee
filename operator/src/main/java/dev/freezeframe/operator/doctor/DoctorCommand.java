package dev.freezeframe.operator.doctor;

import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.ProgressLine;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.operator.doctor.aws.Clients;
import dev.freezeframe.operator.doctor.aws.ProfileClients;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyFiles;
import dev.freezeframe.policy.PolicyReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./freezeframe doctor}. */
@Command(
    name = "doctor",
    sortOptions = false,
    header =
        "Checks an account before a deployment, and the deployment afterwards. Changes nothing.",
    description = {
      "",
      "Always: credentials and Region, CDK's bootstrap, quotas, the targets of each policy with their"
          + " agents, keys and documents, and EC2's dry runs with your permissions. After a"
          + " deployment also: everything in the stack, compared with what was deployed, and the age"
          + " of each policy's newest recovery point. A line for each check: pass, warn or FAIL, what"
          + " was found, and after -> what to do.",
      ""
    },
    footer = {
      "",
      "A check that you lack a permission for is a warning that names it. docs/first-deployment.md"
          + " explains each check.",
      "Exit status: 0 no check failed; 1 one did; 2 an option or a policy cannot be used."
    })
public final class DoctorCommand implements Callable<Integer> {
  private final BiFunction<Optional<String>, Optional<String>, Clients> clients;
  private final Clock clock;
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "a profile of the AWS CLI; without it the environment decides, as there")
  private String profile;

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description = "the Region; without it the environment or the profile decides")
  private String region;

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      defaultValue = "freezeframe",
      description = "the stack (default: ${DEFAULT-VALUE})")
  private String stack;

  @Option(
      names = "--policies",
      paramLabel = "FOLDER",
      description = "the folder of the policies (default: policies, beside ./freezeframe)")
  private Path policies = Path.of(System.getProperty("freezeframe.root", "")).resolve("policies");

  @Option(names = "--json", description = "prints JSON instead of lines")
  private boolean json;

  public DoctorCommand() {
    this(ProfileClients::new, Clock.systemUTC(), Terminal.ofLauncher());
  }

  /**
   * For a cloud that is elsewhere.
   *
   * @param clients makes them of a profile and a Region
   */
  public DoctorCommand(
      BiFunction<Optional<String>, Optional<String>, Clients> clients,
      Clock clock,
      Terminal terminal) {
    this.clients = clients;
    this.clock = clock;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Policy> read = read();
    Optional<String> place = Optional.ofNullable(region);
    place
        .filter(name -> !name.matches("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}"))
        .ifPresent(
            name -> {
              throw new BadInputException(
                  "--region is %s, expected the code of a Region, such as eu-central-1"
                      .formatted(name));
            });
    Diagnosis diagnosis;
    try (ProgressLine progress =
            new ProgressLine(
                spec.commandLine().getErr(), terminal, () -> "Interrupted: doctor only reads.");
        Clients made = clients.apply(Optional.ofNullable(profile), place)) {
      diagnosis =
          new Doctor(made, stack, read, clock, what -> progress.begin("asking about " + what))
              .examine();
    }
    if (json) {
      spec.commandLine().getOut().println(diagnosis.json());
    } else {
      diagnosis.print(spec.commandLine().getOut(), terminal.columns(), terminal.colour());
    }
    return diagnosis.exitStatus();
  }

  private List<Policy> read() {
    try {
      return PolicyFiles.read(policies, new PolicyReader()::read);
    } catch (IllegalArgumentException wrong) {
      throw new BadInputException(Arrays.asList(wrong.getMessage().split("\n")));
    }
  }
}
