package dev.freezeframe.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.asl.environment.Environment;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * This engine and one that others wrote go through the same machines alike, state by state: names,
 * inputs, outputs, errors, questions and instants.
 */
class EnginesAgreeTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Instant START = Instant.parse("2026-11-22T02:00:00Z");
  private static final Path ROOT = Path.of(System.getProperty("freezeframe.root"));
  private static final int RUNS = Integer.getInteger("freezeframe.oracleRuns", 300);

  private static final Pattern ENTERS = Pattern.compile(" enters [A-Za-z]+ (.*?) Optional");

  /** One for all executions: making one takes as long as an execution. */
  private static NpmInterpreter interpreter;

  @BeforeAll
  static void makeTheInterpreter() {
    try (VirtualTime none = new VirtualTime(START)) {
      interpreter = new NpmInterpreter(none, () -> 0.5, ROOT);
    }
  }

  @AfterAll
  static void closeTheInterpreter() {
    interpreter.close();
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("statemachines"))) {
      return files.filter(file -> file.toString().endsWith(".asl.json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void onOurFiles(Path file) throws IOException {
    String text = Files.readString(file).replaceAll("\\$\\{([A-Za-z]+)}", "$1");
    ObjectNode definition = (ObjectNode) MAPPER.readTree(text);
    Set<String> entered = new TreeSet<>();
    List<String> differences = new ArrayList<>();
    for (long seed = 0; seed < RUNS; seed++) {
      Plausible data = new Plausible(seed, definition, Integer.MAX_VALUE);
      for (String line : compared(definition, data, "seed " + seed, differences)) {
        Matcher enters = ENTERS.matcher(line);
        if (enters.find()) {
          entered.add(enters.group(1));
        }
      }
    }
    assertThat(differences).isEmpty();
    System.out.printf("%s: %d states entered%n", file.getFileName(), entered.size());
  }

  @Test
  void onMachinesOfEveryConstruct() {
    TreeMap<String, Integer> ends = new TreeMap<>();
    List<String> differences = new ArrayList<>();
    for (long seed = 0; seed < 5L * RUNS; seed++) {
      ObjectNode definition = new RandomMachine(seed).definition();
      Plausible data = new Plausible(seed, definition, 40);
      List<String> lines = compared(definition, data, "seed " + seed, differences);
      ends.merge(lines.get(lines.size() - 1).replaceAll("^\\S+ |with \\{.*", ""), 1, Integer::sum);
    }
    assertThat(differences).isEmpty();
    assertThat(ends).hasSizeGreaterThan(3).containsKey("succeeds ");
  }

  /** What this engine did; where the other did otherwise, the first difference is added. */
  private static List<String> compared(
      ObjectNode definition, Plausible data, String what, List<String> differences) {
    List<String> ours = ours(definition, data.input(), data);
    List<String> theirs = comparable(theirs(definition, data.input(), data));
    List<String> mine = comparable(ours);
    for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
      String one = i < mine.size() ? mine.get(i) : "(ended)";
      String other = i < theirs.size() ? theirs.get(i) : "(ended)";
      if (!one.equals(other)) {
        differences.add(
            "%s, step %d: %s; the other: %s; %s; %s"
                .formatted(what, i, one, other, definition, data.input()));
        break;
      }
    }
    return ours;
  }

  /**
   * The steps of an instant have an order only within a branch; and of the instant at which an
   * execution fails, only its end is sure: what else had begun is a race. The other engine also
   * counts items as begun that never run, because one before them has failed.
   */
  private static List<String> comparable(List<String> lines) {
    String last =
        lines.stream()
            .filter(line -> line.contains(" succeeds with ") || line.contains(" fails with "))
            .findFirst()
            .orElse("never ends");
    String end = last.substring(0, last.indexOf(' '));
    return Stream.concat(
            lines.stream()
                .filter(line -> !last.contains(" fails ") || !line.startsWith(end))
                .filter(line -> !line.endsWith(" item"))
                .sorted(),
            Stream.of(last))
        .toList();
  }

  private static List<String> ours(ObjectNode definition, JsonNode input, Plausible answers) {
    try (VirtualTime time = new VirtualTime(START)) {
      Observed observed = new Observed(time, answers);
      Set<String> resources = new TreeSet<>();
      definition.findValues("Resource").forEach(resource -> resources.add(resource.asText()));
      Machine machine = new MachineReader("test", resources).read(definition);
      time.after(
          Duration.ZERO,
          () ->
              machine.run(
                  machine.startAt(),
                  input,
                  context(),
                  new Environment(time, () -> 0.5, observed),
                  observed::succeeded,
                  observed::failed));
      time.run();
      return observed.lines();
    }
  }

  private static List<String> theirs(ObjectNode definition, JsonNode input, Plausible answers) {
    try (VirtualTime time = new VirtualTime(START)) {
      interpreter.follow(time);
      Observed observed = new Observed(time, answers);
      time.after(Duration.ZERO, () -> interpreter.start(definition, input, context(), observed));
      time.run();
      return observed.lines();
    }
  }

  private static ObjectNode context() {
    ObjectNode context = MAPPER.createObjectNode();
    context
        .putObject("Execution")
        .put("Id", "arn:aws:states:eu-central-1:123456789012:execution:test:first")
        .put("Name", "first")
        .put("RedriveCount", 0);
    context.putObject("StateMachine").put("Id", "arn").put("Name", "test");
    return context;
  }
}
