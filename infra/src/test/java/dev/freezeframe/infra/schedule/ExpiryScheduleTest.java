package dev.freezeframe.infra.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.infra.Json;
import dev.freezeframe.infra.Resource;
import dev.freezeframe.infra.Synthesized;
import dev.freezeframe.infra.settings.Setting;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.assertions.Template;

class ExpiryScheduleTest {

  private static Resource schedule(Map<String, Object> context) {
    return Template.fromStack(Synthesized.with(context))
        .findResources("AWS::Scheduler::Schedule")
        .values()
        .stream()
        .map(resource -> new Resource(Json.tree(resource)))
        .filter(
            resource -> resource.property("/Name").asText().equals("freezeframe.expire-snapshots"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"apply, ENABLED, true", "preview, ENABLED, false", "off, DISABLED, false"})
  void onlyWhereItIsSaidDoesTheDailyRunDelete(String setting, String state, boolean deletes)
      throws IOException {
    Resource schedule = schedule(Map.of(Setting.EXPIRY.key(), setting));
    JsonNode input = Json.read(schedule.property("/Target/Input").asText());

    assertThat(schedule.property("/State").asText()).isEqualTo(state);
    assertThat(schedule.property("/ScheduleExpression").asText()).isEqualTo("cron(0 6 * * ? *)");
    assertThat(input.get("apply").isBoolean()).isTrue();
    assertThat(input.get("apply").asBoolean()).isEqualTo(deletes);
    assertThat(input.get("reconcile").asBoolean()).isEqualTo(deletes);
  }

  @Test
  void whatIsPausedDeletesNothing() {
    assertThat(schedule(Map.of(Setting.PAUSED.key(), "true")).property("/State").asText())
        .isEqualTo("DISABLED");
  }
}
