package dev.freezeframe.rehearsal.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freezeframe.input.InvalidInputException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsReaderTest {
  private static final Instant START = Instant.parse("2026-11-22T02:00:00Z");
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
    assertThat(read("faults: [{instance: \"*\", %s}]".formatted(fault))).hasSize(1);
  }

  static Stream<String> words() {
    return Arrays.stream(InjectionPoint.values())
        .flatMap(
            at ->
                FaultAction.forms(at).stream()
                    .map(form -> "at: %s, do: %s%s".formatted(at, form, needed(at))));
  }

  private static String needed(InjectionPoint at) {
    return switch (at) {
      case TASK -> ", task: \"*\"";
      case EXECUTION -> ", after: \"*\"";
      case BY_HAND -> ", from: 3h";
      default -> ", from: 3h, until: 4h, percent: 30";
    };
  }

  @ParameterizedTest
  @MethodSource("words")
  void everyWordCanBeReadAndWrittenAndReadAgain(String fault) {
    List<Fault> faults = read("faults: [{instance: \"*\", number: 9, %s}]".formatted(fault));

    assertThat(faults).hasSize(1);
    assertThat(read(FaultsWriter.write(faults))).isEqualTo(faults);
  }

  @Test
  void anAlarmMayHaveAnyNameThatCloudWatchTakes() {
    List<Fault> faults =
        read("faults: [{instance: \"*\", at: alarm, do: \"in-alarm late: it's # 9\"}]");

    assertThat(faults.get(0).argument().name()).contains("late: it's # 9");
    assertThat(read(FaultsWriter.write(faults))).isEqualTo(faults);
  }

  @Test
  void whatIsLeftToChanceHappensEveryTimeUnlessMoreIsSaid() {
    String crash = "at: task, do: crash-after, task: \"*\"";
    String notReady = "at: task, do: not-ready, task: \"*\"";

    assertThat(times(crash)).hasValue(1);
    assertThat(times(crash + ", percent: 100")).isEmpty();
    assertThat(times(crash + ", percent: 100, times: 2")).hasValue(2);
    assertThat(times(notReady + ", percent: 100")).hasValue(1);
    assertThat(times("at: pre-script, do: undelivered 5m, percent: 100")).isEmpty();
  }

  private static OptionalInt times(String fault) {
    return read("faults: [{instance: \"*\", %s}]".formatted(fault)).get(0).occasions().times();
  }

  @Test
  void entriesAreNumberedByTheirPlaceUnlessTheySayMore() {
    assertThat(
            read(
                """
                faults:
                  - {instance: "*", at: event, do: lose}
                  - {instance: "*", at: event, do: lose, number: 8}
                  - {instance: "*", at: event, do: lose}
                """))
        .extracting(Fault::number)
        .containsExactly(1, 8, 3);
  }

  @Test
  void anEmptyListMeansThatNothingGoesWrong() {
    assertThat(read("faults: []")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          at: agent, do: offlin | do is 'offlin', expected offline
          at: agnet, do: offline | at is 'agnet', expected agent
          at: nowhere, do: offline | at is 'nowhere', expected one of agent, alarm, attach-volume, bus, by-hand, call, create-snapshots, create-volume, detach-volume, drill-dry-run, dry-run, dynamodb, ec2, event, execution, post-script, pre-script, replace-root, run-instances, schedule, script, snapshot, ssm, start, stop, task, unmount, validate
          at: agent | do is missing, expected one of offline
          do: offline | at is missing, expected one of agent, alarm, attach-volume, bus, by-hand, call, create-snapshots, create-volume, detach-volume, drill-dry-run, dry-run, dynamodb, ec2, event, execution, post-script, pre-script, replace-root, run-instances, schedule, script, snapshot, ssm, start, stop, task, unmount, validate
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
          at: by-hand, do: stop 6h | from is missing, expected a duration since the start such as 2h30m, or an instant such as "2026-11-22T02:30:00Z"
          at: by-hand, do: stop 6h, from: noon | from is 'noon', expected a duration since the start such as 2h30m, or an instant such as "2026-11-22T02:30:00Z"
          at: by-hand, do: stop 6h, from: PT-5M | from is 'PT-5M', expected a duration since the start such as 2h30m, or an instant such as "2026-11-22T02:30:00Z"
          at: by-hand, do: stop 6h, from: PT9223372036854775807S | from is 'PT9223372036854775807S', expected a duration since the start such as 2h30m, or an instant such as "2026-11-22T02:30:00Z"
          at: by-hand, do: stop, from: 1h | do is 'stop', expected a duration such as stop 30m (d, h, m or s)
          at: by-hand, do: stop 1h, from: 1h, times: 2 | times is '2', expected it nowhere at by-hand, where each is done once
          at: by-hand, do: terminate, from: 1h, percent: 50 | percent is '50', expected it only with other-snapshots at by-hand
          at: by-hand, do: terminate 1h, from: 1h | do is 'terminate 1h', expected terminate alone
          at: by-hand, do: lifetime 0, from: 1h | do is 'lifetime 0', expected lifetime 1 to lifetime 36500, in days
          at: ec2, do: error, from: 2h, until: 1h | until is '1h', expected an instant after 'from'
          at: ec2, do: error, percent: 0 | percent is 0, expected 1..100
          at: ec2, do: error, percent: 101 | percent is 101, expected 1..100
          at: ec2, do: error, number: 0 | number is 0, expected 1..999999
          at: ec2, do: conflict | do is 'conflict', expected one of error, throttle at ec2
          at: bus, do: delay | do is 'delay', expected a duration such as delay 30m (d, h, m or s)
          at: script, do: exit-any 201 | do is 'exit-any 201', expected exit-any alone
          at: alarm, do: in-alarm | do is 'in-alarm', expected in-alarm and the name of an alarm, such as in-alarm restoring
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          at: bus, do: lose | bus
          at: schedule, do: twice 5m | schedule
          at: by-hand, do: redrive-all, from: 1h | by-hand
          """)
  void whatIsOfNoInstanceNamesNone(String fault, String at) {
    assertThat(problems("faults: [{instance: i-0123456789abcdef0, %s}]".formatted(fault)))
        .isEqualTo("f.yaml: faults[0].instance is 'i-0123456789abcdef0', expected \"*\" at " + at);
  }

  @Test
  void aNumberNamesOneEntry() {
    assertThat(
            problems(
                """
                faults:
                  - {instance: "*", at: event, do: lose, number: 2}
                  - {instance: "*", at: event, do: double}
                """))
        .isEqualTo("f.yaml: faults[1].number is 2 again, expected each number once");
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
          '- a' | the file is a list, expected a list 'faults' of entries with instance, at and do
          'faults: [{instance: *, at: bus, do: lose}]' | the file is not YAML (line 1, column 22: unexpected character found ,(44)), expected quotes around a value that begins with *
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
    assertThatThrownBy(() -> new FaultsReader(KNOWN, START).read(Path.of("none.yaml")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("none.yaml: the file is missing");
  }

  private static String problems(String text) {
    return catchThrowableOfType(InvalidInputException.class, () -> read(text)).getMessage();
  }

  private static List<Fault> read(String text) {
    return new FaultsReader(KNOWN, START).read("f.yaml", text);
  }
}
