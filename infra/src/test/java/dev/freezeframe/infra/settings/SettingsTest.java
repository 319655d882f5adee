package dev.freezeframe.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.infra.Expiry;
import dev.freezeframe.infra.FreezeframeApp;
import dev.freezeframe.infra.FreezeframeStack;
import dev.freezeframe.infra.Json;
import dev.freezeframe.infra.Synthesized;
import dev.freezeframe.infra.iam.KeyArn;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "paused | maybe | true or false",
        "mailTo | a@example.org | a JSON list of texts such as [\"me@example.com\"]",
        "mailTo | {} | a JSON list of texts such as [\"me@example.com\"]",
        "graceHours | soon | a whole number of hours, 1..9999",
        "graceHours | 0 | a whole number of hours, 1..9999",
        "graceHours | 1.5 | a whole number of hours, 1..9999",
        "expiry | sometimes | apply, preview or off",
        "environments | everywhere | a JSON list of {account, region}",
        "logRetention | ONE_MONTHS | ONE_MONTH",
      })
  void whatIsWrongIsNamedWithWhatWasExpected(String setting, String found, String expected) {
    assertThatThrownBy(() -> of(Map.of("freezeframe:" + setting, found)))
        .hasMessage("freezeframe:%s is '%s', expected %s", setting, found, expected);
  }

  @ParameterizedTest
  @CsvSource({
    "freezeframe:pased, freezeframe:paused",
    "freezeframe:MailTo, freezeframe:mailTo",
    "freezframe:paused, freezeframe:paused",
    "freezeframe:ledger-key, freezeframe:ledgerKey"
  })
  void aSettingThatIsUnknownIsRefusedWithTheNearestThatIsNot(String unknown, String meant) {
    assertThatThrownBy(() -> of(Map.of(unknown, "true")))
        .hasMessage("%s is unknown, expected %s", unknown, meant);
  }

  @Test
  void aSettingThatIsLikeNoneIsRefusedWithAllThatThereAre() {
    assertThatThrownBy(() -> of(Map.of("freezeframe:colour", "blue")))
        .hasMessageStartingWith(
            "freezeframe:colour is unknown, expected one of freezeframe:policies, ");
  }

  @Test
  void contextOfOthersIsLeftAlone() {
    assertThat(of(Map.of("@aws-cdk/core:stackRelativeExports", "true", "team", "data")).paused())
        .isFalse();
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                of(
                    Map.of(
                        "freezeframe:paused", "maybe",
                        "freezeframe:expiry", "never",
                        "freezeframe:pased", "true")))
        .message()
        .satisfies(
            message ->
                assertThat(message.lines())
                    .hasSize(3)
                    .anyMatch(line -> line.startsWith("freezeframe:paused is"))
                    .anyMatch(line -> line.startsWith("freezeframe:expiry is"))
                    .anyMatch(line -> line.startsWith("freezeframe:pased is unknown")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not-an-address",
        "two@ats@example.org",
        "a b@example.org",
        "@example.org",
        "ops@example",
        "<ops@example.org>",
        "ops@example.org,dba@example.org"
      })
  void whatIsNoAddressIsRefused(String address) {
    assertThatThrownBy(() -> of(Map.of(Setting.MAIL_TO.key(), List.of(address))))
        .hasMessage(
            "freezeframe:mailTo[0] is '%s', expected an address such as ops@example.org", address);
  }

  @Test
  void anAddressThatIsGivenTwiceIsToldOnce() {
    assertThat(
            of(Map.of(Setting.MAIL_TO.key(), "[\"ops@example.org\",\"ops@example.org\"]")).mailTo())
        .containsExactly("ops@example.org");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "arn:aws:kms:eu-central-1:111122223333:alias/ledger",
        "arn:aws:kms:eu-central-1:111122223333:key/some-key",
        "arn:aws:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws-cn:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws:kms:eu-central-1:1111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      })
  void whatIsNoArnOfAKeyIsRefused(String text) {
    assertThatThrownBy(() -> of(Map.of(Setting.LEDGER_KEY.key(), text)))
        .hasMessage("freezeframe:ledgerKey is '%s', expected %s", text, KeyArn.EXPECTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws:kms:eu-central-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab",
        "arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws-iso-b:kms:us-isob-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws-eusc:kms:eusc-de-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      })
  void theArnOfAKeyOfAnyPartitionIsTaken(String arn) {
    assertThat(of(Map.of(Setting.LEDGER_KEY.key(), arn)).ledgerKey()).contains(arn);
  }

  @Test
  void aKeyOfAnotherRegionThanTheStacksIsRefused() {
    String key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    assertThatThrownBy(
            () ->
                of(
                    Map.of(
                        Setting.LEDGER_KEY.key(),
                        key,
                        Setting.ENVIRONMENTS.key(),
                        "[{\"account\":\"111122223333\",\"region\":\"eu-north-1\"}]")))
        .hasMessageStartingWith("freezeframe:ledgerKey is '%s', expected a key of eu-north-1", key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"account\":\"1111\",\"region\":\"eu-north-1\"}] | [0].account is '1111', expected an account of 12 digits, as text",
        "[{\"account\":\"111122223333\",\"region\":\"Europe\"}] | [0].region is 'Europe', expected the code of a Region, as describe-regions lists them",
        "[{\"account\":\"111122223333\"}] | [0].region is missing, expected the code of a Region, as describe-regions lists them",
        "[{\"account\":\"111122223333\",\"region\":\"eu-north-1\",\"profile\":\"x\"}] | [0].profile is unknown, expected one of account, region",
        "[\"eu-north-1\"] | [0] is 'eu-north-1', expected a group of fields"
      })
  void anEnvironmentIsAnAccountAndARegion(String environments, String sentence) {
    assertThatThrownBy(() -> of(Map.of(Setting.ENVIRONMENTS.key(), environments)))
        .hasMessage("freezeframe:environments" + sentence);
  }

  @Test
  void anEnvironmentIsNamedOnce() {
    String one = "{\"account\":\"111122223333\",\"region\":\"eu-north-1\"}";

    assertThatThrownBy(() -> of(Map.of(Setting.ENVIRONMENTS.key(), "[%s,%s]".formatted(one, one))))
        .hasMessageEndingWith("expected each account and region once");
  }

  @Test
  void whatIsFoundIsRepeatedInOneShortLine() {
    assertThatThrownBy(() -> of(Map.of(Setting.PAUSED.key(), "x\n\u001b[31m" + "y".repeat(5000))))
        .message()
        .hasSizeLessThan(250)
        .doesNotContain("\n", "\u001b");
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
