package dev.freezeframe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.freezeframe.input.RefusedValueException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy as a state machine is started with it, which nobody has read from a file. */
class PolicyLimitsTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new Jdk8Module()).addModule(new JavaTimeModule()).build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scripts: {document: abc, timeout: 120s, retries: 3, freezeBudget: 1s}",
        "scripts: {document: abc, timeout: 10s, retries: 0, freezeBudget: 120s}",
        "retention: {days: 36500, count: 1000, minimum: 0, tiers: {yearly: 1000}}",
        "pacing: {setsPerSecond: 0.01, jitter: 24h}",
        "pacing: {setsPerSecond: 100, jitter: 0s}",
        "completion: {firstWait: 1s, longestWait: 3d, giveUpAfter: 3d}",
        "schedule: {rate: 1 minutes, flexibleWindow: 24h}",
        "drill: {each: 1d, timeout: 12h, maxConcurrent: 10, maxPerMonth: 0.01, rto: 30d}",
        "drill: {share: 0.03%, level: L0, timeout: 1m, maxGiB: 1000000, rpo: 366d}"
      })
  void theOutermostThatTheReaderTakesIsTakenAsJson(String fields) throws JsonProcessingException {
    Policy policy = new PolicyReader().read("p.yaml", "{name: daily, %s}".formatted(fields));

    assertThat(JSON.treeToValue(JSON.valueToTree(policy), Policy.class)).isEqualTo(policy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/scripts | timeout | \"PT121S\" | timeout",
        "/scripts | timeout | \"PT-1S\" | timeout",
        "/scripts | timeout | \"PT10.5S\" | timeout",
        "/scripts | freezeBudget | \"PT1H\" | freezeBudget",
        "/scripts | retries | 1000000 | retries",
        "/scripts | document | \"a b\" | document",
        "/scripts | document | \"$(reboot)\" | document",
        "/scripts | document | \"\" | document",
        "/retention | days | 0 | days",
        "/retention | days | -5 | days",
        "/retention | count | 0 | count",
        "/retention | minimum | -1 | minimum",
        "/retention/tiers | daily | 0 | daily",
        "/retention | lifetimeTag | \"\" | lifetimeTag",
        "/tagging/add | freezeframe:run | \"forged\" | add",
        "/tagging/add | AWS:x | \"forged\" | add",
        "/tagging/add | team | \"\\u001b[2J\" | add",
        "/pacing | setsPerSecond | 100000 | setsPerSecond",
        "/pacing | jitter | \"PT999H\" | jitter",
        "/completion | firstWait | \"PT0.5S\" | firstWait",
        "/completion | longestWait | \"PT1S\" | longestWait",
        "/completion | giveUpAfter | \"PT9000H\" | giveUpAfter",
        "/schedule | expression | \"rate(0 days)\" | expression",
        "/schedule | expression | \"cron(x)\" | expression",
        "/schedule | flexibleWindow | \"PT90S\" | flexibleWindow",
        "/drill | every | \"PT1H\" | each",
        "/drill | timeout | \"PT1S\" | timeout",
        "/drill | document | \"$(reboot)\" | document",
        "/drill | level | \"L3\" | document",
        "/drill/host | image | \"ami-1\" | image",
        "/drill/host | instanceType | \"a;b\" | instanceType",
        "/drill/host | subnets | [\"subnet-01234567\"] | subnets",
        "/drill/limits | maxConcurrent | 1000 | maxConcurrent",
        "/drill/limits | maxPerMonth | 0 | maxPerMonth",
        "/drill/targets | rto | \"PT0S\" | rto",
        "/targets/0 | value | \"\\u202e\" | value"
      })
  void whatNoFileCouldSayIsRefused(String place, String field, String value, String named)
      throws JsonProcessingException {
    Policy full =
        new PolicyReader()
            .read(
                "p.yaml",
                "{name: daily, scripts: {document: abc}, tags: {add: {team: data}},"
                    + " retention: {days: 7, tiers: {daily: 7}}, drill: {}}");
    ObjectNode json = JSON.valueToTree(full);
    ((ObjectNode) json.at(place)).set(field, JSON.readTree(value));

    assertThatThrownBy(() -> JSON.treeToValue(json, Policy.class))
        .rootCause()
        .isInstanceOf(RefusedValueException.class)
        .hasMessageStartingWith(named + " is ")
        .hasMessageContaining(", expected ")
        .message()
        .hasLineCount(1)
        .doesNotContain("\u001b", "\u202e");
  }
}
