package dev.freezeframe.infra.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.infra.Flattened;
import dev.freezeframe.infra.Resource;
import dev.freezeframe.infra.Synthesized;
import dev.freezeframe.infra.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A version with SnapStart that nobody invokes for 14 days is Inactive when it is wanted. */
class WarmUpsTest {

  private static List<Resource> wakes(JsonNode template) {
    return Synthesized.resources(template, "AWS::Scheduler::Schedule").values().stream()
        .filter(schedule -> schedule.property("/Target/Input").asText().equals("{\"wake\":true}"))
        .toList();
  }

  @Test
  void everyFunctionIsWokenByItsAliasOnceADay() {
    List<Resource> wakes = wakes(Synthesized.flattened());

    assertThat(wakes.stream().map(wake -> Resource.text(wake.property("/Target/Arn"))))
        .containsExactlyInAnyOrderElementsOf(
            Synthesized.resources("AWS::Lambda::Alias").keySet().stream()
                .map("<%s>"::formatted)
                .toList());
    assertThat(Synthesized.resources("AWS::Lambda::Alias"))
        .hasSameSizeAs(Synthesized.resources("AWS::Lambda::Function"));
    assertThat(wakes)
        .allMatch(
            wake ->
                wake.property("/ScheduleExpression")
                    .asText()
                    .matches("cron\\(\\d+ \\d+ \\* \\* \\? \\*\\)"));
  }

  @Test
  void alsoWhileTheSystemIsPausedAndExpiryIsOff() {
    JsonNode template =
        Flattened.of(
            Synthesized.with(Map.of(Setting.PAUSED.key(), "true", Setting.EXPIRY.key(), "off")));

    assertThat(wakes(template))
        .hasSameSizeAs(Synthesized.resources("AWS::Lambda::Function").values())
        .allMatch(wake -> wake.property("/State").asText().equals("ENABLED"));
  }

  /** In an account that runs few functions at once they do not get into each other's way. */
  @Test
  void noTwoAtOnce() {
    Stream<String> times =
        wakes(Synthesized.flattened()).stream()
            .map(wake -> wake.property("/ScheduleExpression").asText());

    assertThat(times.collect(Collectors.toList())).doesNotHaveDuplicates();
  }
}
