package dev.freezeframe.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Node;

/**
 * What is configured, other than policies: the context, as {@link Setting} explains it.
 *
 * @param environments to deploy to; never empty
 * @param grace what a backup may take before it is missed
 * @param expiry what becomes of what is due
 * @param ledgerKey ARN; empty: DynamoDB's own key
 * @param pendingSnapshots the quota in force
 */
record Settings(
    String policies,
    List<Environment> environments,
    List<String> mailTo,
    boolean paused,
    Duration grace,
    Expiry expiry,
    Optional<String> ledgerKey,
    int pendingSnapshots,
    RetentionDays logRetention) {

  static Settings of(Node node) {
    return new Settings(
        text(node, Setting.POLICIES),
        environments(json(node, Setting.ENVIRONMENTS)),
        texts(json(node, Setting.MAIL_TO)),
        flag(node, Setting.PAUSED),
        hours(node, Setting.GRACE_HOURS),
        expiry(text(node, Setting.EXPIRY)),
        Optional.of(text(node, Setting.LEDGER_KEY)).filter(arn -> !arn.isEmpty()),
        number(node, Setting.PENDING_SNAPSHOTS),
        retention(text(node, Setting.LOG_RETENTION)));
  }

  /** None named: where the caller's credentials point. */
  private static List<Environment> environments(JsonNode named) {
    List<Environment> environments = new ArrayList<>();
    for (JsonNode one : named) {
      environments.add(
          Environment.builder()
              .account(required(one, "account"))
              .region(required(one, "region"))
              .build());
    }
    return environments.isEmpty()
        ? List.of(Environment.builder().build())
        : List.copyOf(environments);
  }

  private static String required(JsonNode environment, String field) {
    if (!environment.path(field).isTextual()) {
      throw new IllegalArgumentException(
          "%s: expected account and region as texts, found %s"
              .formatted(Setting.ENVIRONMENTS.key(), environment));
    }
    return environment.path(field).asText();
  }

  private static RetentionDays retention(String text) {
    try {
      return RetentionDays.valueOf(text);
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "%s: expected one of %s, found %s"
              .formatted(Setting.LOG_RETENTION.key(), List.of(RetentionDays.values()), text),
          unknown);
    }
  }

  private static Expiry expiry(String text) {
    return Arrays.stream(Expiry.values())
        .filter(expiry -> expiry.word().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: expected apply, preview or off, found %s"
                        .formatted(Setting.EXPIRY.key(), text)));
  }

  private static boolean flag(Node node, Setting setting) {
    return switch (text(node, setting)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "%s: expected true or false, found %s".formatted(setting.key(), text(node, setting)));
    };
  }

  private static Duration hours(Node node, Setting setting) {
    String text = text(node, setting);
    if (!text.matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException(
          "%s: expected a whole number of hours, found %s".formatted(setting.key(), text));
    }
    return Duration.ofHours(Integer.parseInt(text));
  }

  private static int number(Node node, Setting setting) {
    String text = text(node, setting);
    if (!text.matches("[1-9]\\d{0,5}")) {
      throw new IllegalArgumentException(
          "%s: expected a whole number from 1 to 999999, found %s".formatted(setting.key(), text));
    }
    return Integer.parseInt(text);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return List.copyOf(texts);
  }

  private static String text(Node node, Setting setting) {
    Object given = node.tryGetContext(setting.key());
    return given == null ? setting.defaultValue() : given.toString();
  }

  /** A list, as cdk.json has it, or as text, as the command line gives it. */
  private static JsonNode json(Node node, Setting setting) {
    ObjectMapper mapper = new ObjectMapper();
    Object given = node.tryGetContext(setting.key());
    try {
      return given instanceof List<?> list
          ? mapper.valueToTree(list)
          : mapper.readTree(given == null ? setting.defaultValue() : given.toString());
    } catch (JsonProcessingException unreadable) {
      throw new IllegalArgumentException(
          "%s: expected a JSON list, found %s".formatted(setting.key(), given), unreadable);
    }
  }
}
