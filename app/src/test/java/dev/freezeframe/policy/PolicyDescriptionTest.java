package dev.freezeframe.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyDescriptionTest {

  /** The lines of sentences.txt: an example, or what stands below a name, and its sentence. */
  static Stream<Arguments> table() {
    return Golden.lines("sentences.txt").stream()
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> List.of(line.split(" => ", -1)))
        .map(parts -> Arguments.of(parts.get(0), parts.get(1)));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("table")
  void aPolicySaysWhatItDoes(String yaml, String sentence) {
    Policy policy =
        yaml.startsWith("policies/")
            ? new PolicyReader().read(Golden.inRepository(yaml))
            : new PolicyReader().read("p.yaml", "name: daily\n" + yaml);

    assertThat(policy.sentence()).isEqualTo(sentence);
  }

  /** The second sentence, read alone, must not say that drills go on. */
  @Test
  void aPolicyThatIsSwitchedOffDrillsNothingEither() {
    Policy policy =
        new PolicyReader().read("p.yaml", "{name: daily, enabled: false, drill: {level: L0}}");

    assertThat(policy.sentence())
        .contains(
            ". Switched off: daily at 08:00 UTC, drill a set of each instance within 90 days: see");
  }
}
