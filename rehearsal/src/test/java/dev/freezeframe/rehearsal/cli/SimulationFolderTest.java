package dev.freezeframe.rehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.Commands;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.rehearsal.run.Mutation;
import dev.freezeframe.rehearsal.simulation.Simulation;
import dev.freezeframe.rehearsal.simulation.SimulationDrawing;
import dev.freezeframe.rehearsal.simulation.SimulationRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A simulation is its folder: what is written is read as the same simulation. */
class SimulationFolderTest {
  private static final Path STATE_MACHINES =
      Path.of(System.getProperty("freezeframe.root")).resolve("statemachines");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path temporary;

  private Path written(Simulation simulation) {
    Path folder = temporary.resolve("simulation");
    new SimulationFolder(folder).write(simulation);
    return folder;
  }

  private static Simulation read(Path folder) {
    return new SimulationReader(folder, STATE_MACHINES).read();
  }

  private static Simulation drawn(Predicate<Simulation> which) {
    return LongStream.rangeClosed(1, 500)
        .mapToObj(SimulationDrawing::draw)
        .filter(which)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatASeedDrawsIsReadAsItWasWritten() {
    for (long seed = 1; seed <= 60; seed++) {
      Simulation simulation = SimulationDrawing.draw(seed);
      assertThat(read(written(simulation))).isEqualTo(simulation);
    }
  }

  @Test
  void documentsOfOthersSwapAndASecondPolicyAreInTheFolder() {
    Simulation foreign = drawn(simulation -> !simulation.documents().isEmpty());
    Simulation swaps =
        drawn(
            simulation ->
                !simulation.fleet().swap().isEmpty() && simulation.policies().size() == 2);

    Path folder = written(foreign);
    assertThat(folder.resolve("documents")).isNotEmptyDirectory();
    assertThat(read(folder)).isEqualTo(foreign);
    assertThat(read(written(swaps))).isEqualTo(swaps);
    assertThat(folder.resolve("documents")).isEmptyDirectory();
  }

  @Test
  void theFolderPlaysWhatTheSeedPlays() {
    Simulation simulation =
        drawn(drawn -> drawn.faults().size() > 8 && drawn.fleet().ids().size() > 1);
    SimulationRun run = new SimulationRun(STATE_MACHINES, Mutation.NONE);

    assertThat(run.play(read(written(simulation)))).isEqualTo(run.play(simulation));
  }

  @Test
  void aFolderThatWasEditedByHandPlaysWhatItSays() throws IOException {
    Simulation simulation =
        drawn(
            drawn ->
                drawn.fleet().ids().size() == 1
                    && drawn.fleet().running(drawn.fleet().ids().get(0))
                    && drawn.policies().size() == 1);
    Path folder = written(simulation);
    Path faults = folder.resolve("faults.yaml");
    Files.writeString(faults, "faults: []");
    assertThat(simulate(Mutation.NONE, folder.toString())).isZero();
    assertThat(out.toString()).startsWith(folder + ": ").doesNotContain(" 0 backups");

    Files.writeString(faults, "faults: [{instance: \"*\", at: ec2, do: error}]");
    assertThat(simulate(Mutation.NONE, folder.toString())).as("faults end with the days").isZero();

    Files.writeString(faults, "faults: [{instance: \"*\", at: by-hand, do: terminate, from: 1m}]");
    out.getBuffer().setLength(0);
    assertThat(simulate(Mutation.NONE, folder.toString())).isZero();
    assertThat(out.toString())
        .contains(": 0 backups, 0 violations", "by-hand terminate: the instance is terminated");
  }

  @Test
  void itsFilesAreThoseOfARehearsal() {
    Simulation simulation =
        drawn(
            drawn ->
                !drawn.documents().isEmpty()
                    && drawn.policies().size() == 1
                    && drawn.faults().size() > 3);
    Path folder = written(simulation);
    String policy = SimulationFolder.files(folder.resolve("policies")).get(0).toString();
    Path results = temporary.resolve("results");

    int status =
        Commands.prepare(new CommandLine(new RehearseCommand(terminal(OptionalInt.empty()))))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(
                "--policy",
                policy,
                "--fleet",
                folder.resolve("fleet.json").toString(),
                "--volumes",
                folder.resolve("volumes.json").toString(),
                "--faults",
                folder.resolve("faults.yaml").toString(),
                "--documents",
                folder.resolve("documents").toString(),
                "--out",
                results.toString());

    assertThat(status).as(err.toString()).isIn(0, 1);
    assertThat(results.resolve("run.json")).isNotEmptyFile();
  }

  @Test
  void theSmallestSimulationOfAFailingSeedFailsAgainInTheSameWords() {
    Mutation bug = SimulateCommandTest.NAMES_TOO_LONG;
    assertThat(simulate(bug, "--seeds", "1..1", "--out", temporary.toString())).isOne();
    String violation = out.toString().lines().skip(1).findFirst().orElseThrow();
    Path folder = temporary.resolve("1");
    assertThat(out.toString()).contains("./rehearse simulate " + folder);

    out.getBuffer().setLength(0);
    assertThat(simulate(bug, folder.toString())).isOne();
    assertThat(out.toString()).contains(violation);
    assertThat(simulate(Mutation.NONE, folder.toString())).isZero();
    assertThat(simulate(bug, folder.toString(), "--out", temporary.toString())).isOne();
  }

  @Test
  void aFolderThatIsSomethingElseIsLeftAlone() throws IOException {
    Path other = Files.createDirectories(temporary.resolve("7"));
    Files.writeString(other.resolve("notes.txt"), "mine");

    assertThat(simulate(Mutation.NONE, "--seeds", "5..9", "--out", temporary.toString()))
        .isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString())
        .contains(
            "--out leads to "
                + other
                + ", expected a folder of a simulation or none, found one without simulation.yaml");
    assertThat(other).isDirectoryContaining("glob:**notes.txt");
    assertThat(simulate(Mutation.NONE, "--seeds", "1..1", "--out", temporary.toString())).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          simulation.yaml |              | simulation.yaml: the file is empty, expected the settings of a simulation, as a failing seed writes them: seed and days
          simulation.yaml | days: 2      | simulation.yaml: seed is missing, expected a whole number
          simulation.yaml | seed: many   | simulation.yaml: seed is 'many', expected a whole number of at most 18 digits
          simulation.yaml | {seed: 1, days: 31} | simulation.yaml: days is 31, expected 1..30
          simulation.yaml | {seed: 1, ssmRate: 2} | simulation.yaml: ssmRate is 2, expected 0.001..1
          simulation.yaml | {seed: 1, day: 3} | simulation.yaml: day is unknown (line 1), expected days
          simulation.yaml | {seed: 1, swap: {i-1: vol-1}} | simulation.yaml: swap.i-1 is 'vol-1', expected a volume that this instance of the fleet has
          simulation.yaml | {seed: 1, swap: {i-1: []}} | simulation.yaml: swap.i-1 is a list, expected the id of a volume of 'i-1'
          faults.yaml     | faults: 1    | faults.yaml: faults is 1, expected a list 'faults' of entries with instance, at and do
          faults.yaml     | faults: [{instance: i-0f300000211f7429a, at: ec2, do: error}] | faults[0].instance is 'i-0f300000211f7429a', expected
          faults.yaml     | faults: [{instance: "*", at: by-hand, do: redrive-all, from: 40d}] | faults.yaml: number 1 is from 2027-01-01T00:00:00Z on, expected before 2026-11-2
          fleet.json      | {}           | fleet.json: Reservations is missing
          volumes.json    | []           | volumes.json: the file is a list
          policies/z.yaml | nam: x       | policies/z.yaml: nam is unknown (line 1), expected name
          """)
  void aFileThatCannotBeUsedIsNamed(String file, String text, String sentence) throws IOException {
    Path folder = written(SimulationDrawing.draw(1));
    Files.writeString(folder.resolve(file), text == null ? "" : text);

    assertThat(problems(folder)).anyMatch(problem -> problem.contains(sentence));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          simulation.yaml | simulation.yaml: the file is missing, expected the settings of a simulation
          fleet.json      | fleet.json: the file is missing
          faults.yaml     | faults.yaml: the file is missing
          """)
  void aFileThatIsMissingIsNamed(String file, String sentence) throws IOException {
    Path folder = written(SimulationDrawing.draw(1));
    Files.delete(folder.resolve(file));

    assertThat(problems(folder)).anyMatch(problem -> problem.contains(sentence));
  }

  @Test
  void withoutVolumesTheyAreMadeUp() throws IOException {
    Path folder = written(SimulationDrawing.draw(1));
    int volumes = read(folder).fleet().fleet().volumes().size();
    Files.delete(folder.resolve("volumes.json"));

    assertThat(read(folder).fleet().fleet().volumes()).hasSize(volumes);
  }

  @Test
  void policiesHaveToBeThereEachUnderItsOwnNameWithItsDocument() throws IOException {
    Path folder = written(SimulationDrawing.draw(1));
    Path policies = folder.resolve("policies");
    Path first = SimulationFolder.files(policies).get(0);
    Path second = policies.resolve("zz.yaml");
    Files.copy(first, second);
    assertThat(problems(folder))
        .singleElement()
        .asString()
        .startsWith(second + ": name is '")
        .endsWith("', as in " + first + ", expected another");

    Files.writeString(second, "{name: z, scripts: {document: hold-orders}}");
    assertThat(problems(folder))
        .singleElement()
        .asString()
        .startsWith(
            second + ": scripts.document is 'hold-orders', expected one of ours, or a folder ");

    Files.createDirectory(folder.resolve("documents"));
    assertThat(problems(folder))
        .singleElement()
        .asString()
        .contains("the policy's document hold-orders is missing, expected hold-orders.yaml");

    Files.delete(first);
    Files.delete(second);
    assertThat(problems(folder))
        .containsExactly(policies + " is empty, expected policies, as NAME.yaml");
  }

  @Test
  void whatIsNoFolderOfASimulationIsRefusedInOneSentence() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThat(simulate(Mutation.NONE, temporary.resolve("none").toString()))
        .isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString())
        .isEqualTo(
            "%s is missing, expected a folder of a simulation, as a failing seed writes it%n"
                .formatted(temporary.resolve("none")));
    assertThat(problems(file))
        .containsExactly(
            file + " is no folder, expected a folder of a simulation, as a failing seed writes it");
    assertThat(problems(temporary)).hasSize(1);
    assertThat(simulate(Mutation.NONE, temporary.toString(), "--seeds", "1..2"))
        .isEqualTo(Commands.BAD_INPUT);
  }

  private static List<String> problems(Path folder) {
    return catchThrowableOfType(BadInputException.class, () -> read(folder))
        .getMessage()
        .lines()
        .toList();
  }

  private int simulate(Mutation mutation, String... arguments) {
    return Commands.prepare(
            new CommandLine(new SimulateCommand(terminal(OptionalInt.empty()), mutation)))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private static Terminal terminal(OptionalInt columns) {
    return new Terminal(columns, OptionalInt.empty(), false);
  }
}
