package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OperationsDocumentedTest {

  @Test
  void everyAlarmIsExplainedAndNoOther() throws IOException {
    Set<String> alarms = new TreeSet<>();
    Synthesized.resources("AWS::CloudWatch::Alarm")
        .values()
        .forEach(alarm -> alarms.add(general(alarm.property("/AlarmName").asText())));
    Set<String> explained = new TreeSet<>();
    Files.readAllLines(Synthesized.ROOT.resolve("docs/operations.md")).stream()
        .filter(line -> line.startsWith("### "))
        .forEach(line -> explained.add(line.substring("### ".length())));

    assertThat(alarms).isEqualTo(explained);
  }

  /** It is in the mail that the alarm sends, and leads to its own section. */
  @Test
  void theDescriptionOfEveryAlarmNamesItsSection() throws IOException {
    Set<String> sections = new TreeSet<>();
    Files.readAllLines(Synthesized.ROOT.resolve("docs/operations.md")).stream()
        .filter(line -> line.startsWith("### "))
        .map(line -> line.substring("### ".length()).toLowerCase(Locale.ROOT))
        .forEach(sections::add);

    assertThat(Synthesized.resources("AWS::CloudWatch::Alarm").values())
        .isNotEmpty()
        .allSatisfy(
            alarm -> {
              String section =
                  general(alarm.property("/AlarmName").asText()).toLowerCase(Locale.ROOT);
              assertThat(sections).contains(section);
              assertThat(alarm.property("/AlarmDescription").asText())
                  .endsWith(". What to do: docs/operations.md#" + section)
                  .hasSizeLessThanOrEqualTo(1024);
            });
  }

  /** The commands of the page are copied at night. */
  @Test
  void everyOutputThatIsNamedIsOneOfTheStack() throws IOException {
    String text = Files.readString(Synthesized.ROOT.resolve("docs/operations.md"));
    Set<String> named = new TreeSet<>();
    Pattern.compile("\\bout (\\w+)\\)|`([A-Z]\\w+(?:Arn|LogGroup|QueueUrl|Name))`")
        .matcher(text)
        .results()
        .forEach(found -> named.add(found.group(1) == null ? found.group(2) : found.group(1)));
    named.remove("TASKLogGroup");

    assertThat(named).hasSizeGreaterThan(5).isSubsetOf(names(Synthesized.shipped().get("Outputs")));
  }

  @Test
  void everyStateInWhichAnExecutionFailsIsExplained() throws IOException {
    String text = Files.readString(Synthesized.ROOT.resolve("docs/operations.md"));
    for (String machine :
        List.of(
            "run-policy",
            "snapshot-instance",
            "expire-snapshots",
            "thaw-abandoned",
            "restore-set",
            "drill-set")) {
      JsonNode file =
          Json.read(
              Files.readString(
                  Synthesized.ROOT.resolve("statemachines/%s.asl.json".formatted(machine))));
      file.get("States")
          .properties()
          .forEach(
              state -> {
                if (fails(state.getValue())) {
                  assertThat(text).contains("| `%s` | *%s* |".formatted(machine, state.getKey()));
                }
              });
    }
  }

  private static boolean fails(JsonNode state) {
    String type = state.path("Type").asText();
    return type.equals("Fail")
        || (type.equals("Task")
            && !state.path("Catch").findValues("ErrorEquals").toString().contains("States.ALL"));
  }

  private static Set<String> names(JsonNode outputs) {
    Set<String> names = new TreeSet<>();
    outputs.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The name as it stands for every policy or task. */
  private static String general(String alarm) {
    String name = alarm.substring("freezeframe-".length());
    for (Policy policy : Synthesized.POLICIES) {
      name = name.replaceFirst("^%s-".formatted(policy.name()), "POLICY-");
    }
    for (String task : Task.byName().keySet()) {
      name = name.replaceFirst("^%s-".formatted(task), "TASK-");
    }
    return name;
  }
}
