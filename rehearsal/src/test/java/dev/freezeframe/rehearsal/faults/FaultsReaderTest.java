package dev.freezeframe.rehearsal.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freezeframe.input.InvalidInputException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsReaderTest {
  private static final InstantSource TIME =
      InstantSource.fixed(Instant.parse("2026-11-22T02:00:00Z"));
  private static final KnownNames KNOWN =
      new KnownNames(
          Set.of("i-0123456789abcdef0"),
          Set.of("CreateSnapshots", "RunPreScript"),
          Set.of("Run pre-script", "Create snapshots"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at: agent, do: offline",
        "at: dry-run, do: exit 206",
        "at: pre-script, do: exit 201",
        "at: pre-script, do: time-out",
        "at: pre-script, do: undelivered",
        "at: pre-script, do: hang",
        "at: post-script, do: exit 203",
        "at: post-script, do: undelivered 10m",
        "at: create-snapshots, do: throttle",
        "at: create-snapshots, do: pending-quota",
        "at: create-snapshots, do: error",
        "at: snapshot, do: error",
        "at: snapshot, do: slow 6h",
        "at: event, do: lose",
        "at: event, do: double",
        "at: event, do: delay 30m",
        "at: event, do: delay 1d",
        "at: event, do: early",
        "at: task, do: crash-before, task: CreateSnapshots",
        "at: task, do: crash-after, task: CreateSnapshots, times: 2",
        "at: execution, do: abort, after: Run pre-script",
      })
  void everyFaultCanBeRead(String fault) {
    new FaultsReader(KNOWN)
        .read("f.yaml", "faults: [{instance: \"*\", %s}]".formatted(fault), TIME);
  }

  @Test
  void anEmptyListMeansThatNothingGoesWrong() {
    assertThat(read("faults: []").offline("i-0123456789abcdef0")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          at: agent, do: offlin | do is 'offlin', expected offline
          at: agnet, do: offline | at is 'agnet', expected agent
          at: nowhere, do: offline | at is 'nowhere', expected one of agent, create-snapshots, dry-run, event, execution, post-script, pre-script, snapshot, task
          at: agent | do is missing, expected one of offline
          do: offline | at is missing, expected one of agent, create-snapshots, dry-run, event, execution, post-script, pre-script, snapshot, task
          at: event, do: exit 201 | do is 'exit', expected one of delay 30m, double, early, lose at event
          at: pre-script, do: exit | do is 'exit', expected exit 1 to exit 255
          at: pre-script, do: exit 0 | do is 'exit 0', expected exit 1 to exit 255
          at: pre-script, do: exit 999 | do is 'exit 999', expected exit 1 to exit 255
          at: snapshot, do: slow | do is 'slow', expected a duration such as slow 30m (d, h, m or s)
          at: snapshot, do: slow 6 | do is 'slow 6', expected a duration such as slow 30m (d, h, m or s)
          at: post-script, do: undelivered soon | do is 'undelivered soon', expected a duration such as undelivered 30m (d, h, m or s)
          at: event, do: lose 3 | do is 'lose 3', expected lose alone
          at: event, do: lose, times: 0 | times is 0, expected 1..999999
          at: event, do: lose, times: often | times is 'often', expected a whole number 1..999999
          at: event, do: lose, tims: 1 | tims is unknown (line 1), expected times
          at: event, do: [lose] | do is a list, expected one of delay 30m, double, early, lose
          at: task, do: crash-before | task is missing, expected the name of a task such as CreateSnapshots
          at: task, do: crash-before, task: CreateSnapshot | task is 'CreateSnapshot', expected CreateSnapshots
          at: execution, do: abort, after: Run pre script | after is 'Run pre script', expected Run pre-script
          at: event, do: lose, task: CreateSnapshots | task is 'CreateSnapshots', expected it only at task
          """)
  void aWrongFieldIsNamedInOneSentence(String fault, String sentence) {
    assertThat(problems("faults: [{instance: \"*\", %s}]".formatted(fault)))
        .isEqualTo("f.yaml: faults[0]." + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          instance: web-1, | instance is 'web-1', expected an instance id of the fleet, or "*" for all
          instance: i-0123456789abcdef1, | instance is 'i-0123456789abcdef1', expected i-0123456789abcdef0
          '' | instance is missing, expected an instance id of the fleet, or "*" for all
          """)
  void anInstanceMustBeOfTheFleet(String instance, String sentence) {
    assertThat(problems("faults: [{%s at: event, do: lose}]".formatted(instance)))
        .isEqualTo("f.yaml: faults[0]." + sentence);
  }

  @Test
  void everythingWrongIsNamedAtOnce() {
    assertThat(
            problems(
                    """
                    faults:
                      - {instance: "*", at: agnet, do: offline}
                      - {instance: "*", at: event, do: lose}
                      - {instance: "*", at: event, do: loose, times: 0}
                      - nothing
                    """)
                .lines())
        .containsExactly(
            "f.yaml: faults[0].at is 'agnet', expected agent",
            "f.yaml: faults[2].do is 'loose', expected lose",
            "f.yaml: faults[2].times is 0, expected 1..999999",
            "f.yaml: faults[3] is 'nothing', expected instance, at and do");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | the file is empty, expected a list 'faults' of entries with instance, at and do
          '- a' | the file is a list, expected a group of fields
          'fault: []' | fault is unknown (line 1), expected faults
          'faults: none' | faults is 'none', expected a list 'faults' of entries with instance, at and do
          'faults: [' | the file is not YAML (line 1, column 10: expected the node content, but found '<stream end>'), expected one YAML document
          """)
  void aFileOfAnotherShapeIsNamed(String text, String found) {
    assertThat(problems(text).lines().findFirst()).contains("f.yaml: " + found);
  }

  @Test
  void anEntryWithoutAnythingIsNoFault() {
    assertThat(problems("faults:\n  -\n"))
        .isEqualTo("f.yaml: faults[0] is empty, expected instance, at and do");
  }

  @Test
  void anchorsAndWhatStandsBesideTheFaultsAreRefused() {
    assertThat(problems("faults: &all []"))
        .startsWith("f.yaml: the file is using the YAML anchor 'all' (line 1), expected");
    assertThat(problems("faults: []\nfault: []"))
        .isEqualTo("f.yaml: fault is unknown (line 2), expected faults");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> new FaultsReader(KNOWN).read(Path.of("none.yaml"), TIME))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("none.yaml: the file is missing");
  }

  private static String problems(String text) {
    return catchThrowableOfType(InvalidInputException.class, () -> read(text)).getMessage();
  }

  private static FaultPlan read(String text) {
    return new FaultsReader(KNOWN).read("f.yaml", text, TIME);
  }
}
