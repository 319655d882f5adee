package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Environment;

class SettingsTest {

  private static Settings of(Map<String, Object> context) {
    return Settings.of(new App(AppProps.builder().context(context).build()).getNode());
  }

  @Test
  void everySettingHasADefault() {
    Settings settings = of(Map.of());

    assertThat(settings.policies()).isEqualTo("policies");
    assertThat(settings.paused()).isFalse();
    assertThat(settings.expiry()).isEqualTo(Expiry.APPLY);
    assertThat(settings.mailTo()).isEmpty();
    assertThat(settings.ledgerKey()).isEmpty();
    assertThat(settings.environments()).hasSize(1);
    assertThat(settings.environments().get(0).getAccount()).isNull();
  }

  @Test
  void aListComesFromTheFileOrTheCommandLine() {
    Map<String, String> environment = Map.of("account", "111122223333", "region", "eu-north-1");
    Settings fromFile = of(Map.of(Setting.ENVIRONMENTS.key(), List.of(environment)));
    Settings fromText =
        of(
            Map.of(
                Setting.ENVIRONMENTS.key(),
                "[{\"account\":\"111122223333\",\"region\":\"eu-north-1\"}]"));

    assertThat(fromFile.environments())
        .extracting(Environment::getRegion)
        .containsExactly("eu-north-1");
    assertThat(fromText.environments())
        .extracting(Environment::getAccount)
        .containsExactly("111122223333");
  }

  @Test
  void whatIsWrongIsNamedWithWhatWasExpected() {
    assertThatThrownBy(() -> of(Map.of(Setting.PAUSED.key(), "maybe")))
        .hasMessage("freezeframe:paused: expected true or false, found maybe");
    assertThatThrownBy(() -> of(Map.of(Setting.MAIL_TO.key(), "a@example.org")))
        .hasMessage("freezeframe:mailTo: expected a JSON list, found a@example.org");
    assertThatThrownBy(() -> of(Map.of(Setting.GRACE_HOURS.key(), "soon")))
        .hasMessage("freezeframe:graceHours: expected a whole number of hours, found soon");
    assertThatThrownBy(() -> of(Map.of(Setting.EXPIRY.key(), "sometimes")))
        .hasMessage("freezeframe:expiry: expected apply, preview or off, found sometimes");
    assertThatThrownBy(() -> of(Map.of(Setting.LOG_RETENTION.key(), "A_DAY_OR_TWO")))
        .hasMessageContaining("freezeframe:logRetention: expected one of [")
        .hasMessageEndingWith("found A_DAY_OR_TWO");
  }

  @Test
  void everyKeyIsInTheFileWithItsDefaultAndExplained() throws IOException {
    JsonNode context =
        Json.read(Files.readString(Synthesized.ROOT.resolve("cdk.json"))).get("context");
    String explained = Files.readString(Synthesized.ROOT.resolve("docs/deploying.md"));
    Set<String> keys = new TreeSet<>();
    context
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (key.startsWith("freezeframe:")) {
                keys.add(key);
              }
            });

    assertThat(keys)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Setting.values()).map(Setting::key).toList());
    for (Setting setting : Setting.values()) {
      JsonNode value = context.get(setting.key());
      assertThat(value.isTextual() ? value.asText() : value.toString())
          .isEqualTo(setting.defaultValue());
      assertThat(explained)
          .contains(
              "| `%s` | %s | %s |"
                  .formatted(
                      setting.key(),
                      setting.defaultValue().isEmpty()
                          ? "none"
                          : "`%s`".formatted(setting.defaultValue()),
                      setting.explanation()));
    }
  }

  @Test
  void aDeploymentAsksForNothingButCredentials() throws IOException {
    JsonNode file = Json.read(Files.readString(Synthesized.ROOT.resolve("cdk.json")));

    assertThat(file.get("requireApproval").asText()).isEqualTo("never");
  }

  @Test
  void aStackIsMadeForEachEnvironment() {
    App app = new App();
    List<FreezeframeStack> stacks =
        FreezeframeApp.compose(
            app,
            of(
                Map.of(
                    Setting.ENVIRONMENTS.key(),
                    "[{\"account\":\"111122223333\",\"region\":\"eu-north-1\"},"
                        + "{\"account\":\"111122223333\",\"region\":\"us-gov-west-1\"}]")),
            Synthesized.project(),
            Synthesized.POLICIES,
            List.of());

    assertThat(stacks).extracting(FreezeframeStack::getStackName).containsOnly("freezeframe");
    assertThat(stacks)
        .extracting(FreezeframeStack::getArtifactId)
        .containsExactly(
            "freezeframe-111122223333-eu-north-1", "freezeframe-111122223333-us-gov-west-1");
  }
}
