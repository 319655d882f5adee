package dev.freezeframe.policy.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.freezeframe.policy.Policy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A policy as a state machine is started with it, which nobody has read from a file. */
class PolicyLimitsTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new Jdk8Module()).addModule(new JavaTimeModule()).build();

  @ParameterizedTest
  @MethodSource("dev.freezeframe.policy.PolicyExamplesTest#examples")
  void whatTheReaderTakesIsWithinTheLimits(Path file) {
    Policy policy = new PolicyReader().read(file);

    assertThat(policy.checked()).isSameAs(policy);
  }

  @Test
  void theOutermostThatTheReaderTakesIsWithinTheLimits() {
    for (String fields :
        new String[] {
          "scripts: {document: abc, timeout: 120s, retries: 3, freezeBudget: 1s}",
          "scripts: {document: abc, timeout: 10s, retries: 0, freezeBudget: 120s}",
          "retention: {days: 36500, count: 1000, minimum: 0, tiers: {yearly: 1000}}",
          "pacing: {setsPerSecond: 0.01, jitter: 24h}",
          "pacing: {setsPerSecond: 100, jitter: 0s}",
          "completion: {firstWait: 1s, longestWait: 3d, giveUpAfter: 3d}",
          "schedule: {rate: 1 minutes, flexibleWindow: 24h}"
        }) {
      Policy policy = new PolicyReader().read("p.yaml", "{name: daily, %s}".formatted(fields));

      assertThat(policy.checked()).isSameAs(policy);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/scripts | timeout | \"PT121S\" | scripts.timeout",
        "/scripts | timeout | \"PT-1S\" | scripts.timeout",
        "/scripts | timeout | \"PT10.5S\" | scripts.timeout",
        "/scripts | freezeBudget | \"PT1H\" | scripts.freezeBudget",
        "/scripts | retries | 1000000 | scripts.retries",
        "/scripts | document | \"a b\" | scripts.document",
        "/scripts | document | \"$(reboot)\" | scripts.document",
        "/scripts | document | \"\" | scripts.document",
        "/retention | days | 0 | retention.days",
        "/retention | days | -5 | retention.days",
        "/retention | count | 0 | retention.count",
        "/retention | minimum | -1 | retention.minimum",
        "/retention/tiers | daily | 0 | retention.tiers.daily",
        "/retention | lifetimeTag | \"\" | retention.lifetimeTag",
        "/tagging/add | freezeframe:run | \"forged\" | tags.add",
        "/tagging/add | AWS:x | \"forged\" | tags.add",
        "/tagging/add | team | \"\\u001b[2J\" | tags.add.team",
        "/pacing | setsPerSecond | 100000 | pacing.setsPerSecond",
        "/pacing | jitter | \"PT999H\" | pacing.jitter",
        "/completion | firstWait | \"PT0.5S\" | completion.firstWait",
        "/completion | longestWait | \"PT1S\" | completion.longestWait",
        "/completion | giveUpAfter | \"PT9000H\" | completion.giveUpAfter",
        "/schedule | expression | \"rate(0 days)\" | schedule",
        "/schedule | expression | \"cron(x)\" | schedule",
        "/schedule | flexibleWindow | \"PT90S\" | schedule.flexibleWindow",
        "/targets/0 | value | \"\\u202e\" | targets"
      })
  void whatNoFileCouldSayIsRefused(String place, String field, String value, String named)
      throws JsonProcessingException {
    Policy full =
        new PolicyReader()
            .read(
                "p.yaml",
                "{name: daily, scripts: {document: abc}, tags: {add: {team: data}},"
                    + " retention: {days: 7, tiers: {daily: 7}}}");
    ObjectNode json = JSON.valueToTree(full);
    ((ObjectNode) json.at(place)).set(field, JSON.readTree(value));
    Policy policy = JSON.treeToValue(json, Policy.class);

    assertThatThrownBy(policy::checked)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("policy daily: %s is ".formatted(named))
        .message()
        .hasLineCount(1)
        .doesNotContain("\u001b", "\u202e");
  }
}
