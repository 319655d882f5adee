package dev.freezeframe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.input.InvalidInputException;
import dev.freezeframe.input.Violation;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyFaultsTest {

  private static List<String> faults(String yaml) {
    InvalidInputException thrown =
        catchThrowableOfType(
            InvalidInputException.class, () -> new PolicyReader().read("p.yaml", yaml));
    assertThat(thrown).as("no fault in %s", yaml).isNotNull();
    assertThat(thrown.getMessage().lines().toList())
        .isEqualTo(thrown.faults().stream().map(Violation::sentence).toList());
    return thrown.getMessage().lines().toList();
  }

  /** The lines of faults.txt, each a field and its fault. */
  static Stream<Arguments> table() {
    return Golden.lines("faults.txt").stream()
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.split(" => ", -1))
        .map(parts -> Arguments.of(parts[0], parts[1]));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("table")
  void aFaultIsNamedInOneSentence(String yaml, String sentence) {
    assertThat(faults("name: daily\n" + yaml)).containsExactly("p.yaml: " + sentence);
  }

  @Test
  void theNameCannotBeLeftOut() {
    assertThat(faults("enabled: true"))
        .containsExactly("p.yaml: name is missing, expected " + PolicyName.FORM_IN_WORDS);
  }

  @Test
  void allFaultsAreNamedAtOnce() {
    assertThat(
            faults(
                """
                name: the daily one
                enabeld: true
                targets: [=x, fine=1]
                schedule: {cron: 0 2 * * *, timeZone: Europe/Berln}
                scripts: {timeout: 5s, retries: 4}
                retention: {days: 0, tiers: {daily: many}}
                completion: {giveUpAfter: 4d}
                """))
        .containsExactly(
            "p.yaml: enabeld is unknown (line 2), expected enabled",
            "p.yaml: name is 'the daily one', expected " + PolicyName.FORM_IN_WORDS,
            "p.yaml: targets[0] is '=x', expected a tag such as key=value or key",
            "p.yaml: schedule.cron is '0 2 * * *', expected 6 fields: minutes hours day-of-month"
                + " month day-of-week year, such as 0 2 * * ? *",
            "p.yaml: schedule.timeZone is 'Europe/Berln', expected Europe/Berlin",
            "p.yaml: scripts.document is missing, expected " + DocumentName.EXPECTED,
            "p.yaml: scripts.timeout is '5s', expected 10s..120s",
            "p.yaml: scripts.retries is 4, expected 0..3",
            "p.yaml: retention.days is 0, expected 1..36500",
            "p.yaml: retention.tiers.daily is 'many', expected a whole number 1..1000",
            "p.yaml: completion.giveUpAfter is '4d', expected 1s..3d");
  }

  @Test
  void aFieldGivenTwiceIsNamedWithItsLine() {
    assertThat(faults("name: daily\nenabled: true\nenabled: false"))
        .containsExactly("p.yaml: enabled is given twice (again on line 3), expected once");
  }

  @Test
  void moreThanFiftyTargetsAreRefused() {
    String targets = String.join(", ", Collections.nCopies(51, "a=b"));

    assertThat(faults("name: daily\ntargets: [%s]".formatted(targets)))
        .containsExactly("p.yaml: targets is a list of 51, expected a list of 1..50");
  }

  @Test
  void moreThanThirtyFiveTagsAreRefused() {
    StringBuilder tags = new StringBuilder();
    for (int tag = 1; tag <= 36; tag++) {
      tags.append("    tag-%d: x\n".formatted(tag));
    }

    assertThat(faults("name: daily\ntags:\n  add:\n" + tags))
        .containsExactly("p.yaml: tags.add is 36 tags, expected 35 at most");
  }
}
