package dev.freezeframe.consistency.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeftOutStepsTest {

  private static List<String> leftOut(String platform, String... steps) {
    return LeftOutSteps.of(
        SsmDocuments.parse("mainSteps:\n" + String.join("", steps)).orElseThrow(), platform);
  }

  private static String step(String action, String precondition) {
    return "- {action: '%s', name: hold%s}\n"
        .formatted(
            action,
            precondition.isEmpty()
                ? ""
                : ", precondition: {StringEquals: [%s]}".formatted(precondition));
  }

  @ParameterizedTest
  @CsvSource({
    "aws:runShellScript, Linux, false",
    "aws:runShellScript, MacOS, false",
    "aws:runShellScript, Windows, true",
    "aws:runPowerShellScript, Linux, false",
    "aws:runPowerShellScript, Windows, false",
    "aws:psModule, Linux, true",
    "aws:psModule, Windows, false",
    "aws:downloadContent, Windows, false",
    "aws:downloadContent, MacOS, true",
  })
  void aStepWithoutItsPluginIsLeftOut(String action, String platform, boolean expected) {
    assertThat(leftOut(platform, step(action, "")))
        .isEqualTo(expected ? List.of("hold") : List.of());
  }

  @Test
  void aStepThatSaysThatItIsForAnotherPlatformIsMissedByNobody() {
    assertThat(leftOut("Windows", step("aws:runShellScript", "platformType, Linux"))).isEmpty();
    assertThat(leftOut("Windows", step("aws:runShellScript", "Linux, platformType"))).isEmpty();
  }

  @Test
  void aStepThatIsForThisPlatformOrForACommandIsMissed() {
    assertThat(leftOut("Windows", step("aws:runShellScript", "platformType, Windows")))
        .containsExactly("hold");
    assertThat(leftOut("Windows", step("aws:runShellScript", "'{{ command }}', pre-script")))
        .containsExactly("hold");
  }
}
