package dev.freezeframe.infra.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.infra.Expiry;
import dev.freezeframe.infra.iam.KeyArn;
import dev.freezeframe.input.DidYouMean;
import dev.freezeframe.policy.DocumentName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * Reads the settings as strictly as policies are read: what is unknown or wrong is named at once,
 * in a sentence each, and nothing half right is returned.
 */
final class SettingsReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_LENGTH = 120;
  private static final Pattern HOURS = Pattern.compile("[1-9]\\d{0,3}");
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,5}");
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2,5}(-[a-z]+)+-\\d{1,2}");

  /** SNS sends a confirmation to whatever looks like an address; so this is all that is asked. */
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@,;<>\"]{1,64}@[^\\s@,;<>\"]+\\.[^\\s@,;<>\".]{2,}");

  private final JsonNode context;
  private final List<String> faults = new ArrayList<>();

  /**
   * A reader.
   *
   * @param context by key, as CDK has it: of cdk.json, and of the command line, where all is text
   */
  SettingsReader(Object context) {
    this.context = JSON.valueToTree(context);
  }

  Settings read() {
    refuseUnknown();
    List<Environment> environments = environments();
    Settings settings =
        new Settings(
            text(Setting.POLICIES),
            environments,
            texts(
                Setting.MAIL_TO, ADDRESS.asMatchPredicate(), "an address such as ops@example.org"),
            flag(Setting.PAUSED),
            hours(Setting.GRACE_HOURS),
            expiry(),
            ledgerKey(environments),
            number(Setting.PENDING_SNAPSHOTS),
            retention(),
            Set.copyOf(texts(Setting.DOCUMENTS, DocumentName::fits, DocumentName.EXPECTED)));
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    return settings;
  }

  /** A key that is nearly ours is taken for ours: {@code freezframe:paused} would pause nothing. */
  private void refuseUnknown() {
    List<String> known = Arrays.stream(Setting.values()).map(Setting::key).toList();
    List<String> names = known.stream().map(SettingsReader::afterColon).toList();
    context
        .fieldNames()
        .forEachRemaining(
            key -> {
              String prefix = key.substring(0, key.length() - afterColon(key).length());
              if (DidYouMean.to(prefix, List.of(Setting.PREFIX)).isPresent()
                  && !known.contains(key)) {
                faults.add(
                    "%s is unknown, expected %s"
                        .formatted(
                            LogSafe.of(key, MAX_LENGTH),
                            DidYouMean.to(afterColon(key), names)
                                .map(Setting.PREFIX::concat)
                                .orElse("one of " + String.join(", ", known))));
              }
            });
  }

  private static String afterColon(String key) {
    return key.substring(key.indexOf(':') + 1);
  }

  /** None named: where the caller's credentials point. */
  private List<Environment> environments() {
    List<Environment> environments = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode one : list(Setting.ENVIRONMENTS, "a JSON list of {account, region}")) {
      String account = one.path("account").asText();
      String region = one.path("region").asText();
      if (one.size() != 2
          || !ACCOUNT.matcher(account).matches()
          || !REGION.matcher(region).matches()) {
        refuse(
            Setting.ENVIRONMENTS,
            one,
            "an account of 12 digits, as text, and a region, such as"
                + " {\"account\": \"111122223333\", \"region\": \"REGION\"}");
      } else if (!seen.add(account + region)) {
        refuse(Setting.ENVIRONMENTS, one, "each account and region once");
      } else {
        environments.add(Environment.builder().account(account).region(region).build());
      }
    }
    return environments.isEmpty()
        ? List.of(Environment.builder().build())
        : List.copyOf(environments);
  }

  private Optional<String> ledgerKey(List<Environment> environments) {
    String text = text(Setting.LEDGER_KEY);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<KeyArn> arn = KeyArn.parse(text);
    if (arn.isEmpty()) {
      refuse(Setting.LEDGER_KEY, value(Setting.LEDGER_KEY), KeyArn.EXPECTED);
    }
    for (Environment environment : environments) {
      if (arn.isPresent()
          && environment.getRegion() != null
          && !environment.getRegion().equals(arn.get().region())) {
        refuse(
            Setting.LEDGER_KEY,
            value(Setting.LEDGER_KEY),
            "a key of %s, where %s deploys to; Regions with keys of their own are deployed one at a time"
                .formatted(environment.getRegion(), Setting.ENVIRONMENTS.key()));
      }
    }
    return Optional.of(text);
  }

  private RetentionDays retention() {
    List<String> words = Arrays.stream(RetentionDays.values()).map(Enum::name).toList();
    String text = text(Setting.LOG_RETENTION);
    if (words.contains(text)) {
      return RetentionDays.valueOf(text);
    }
    refuse(
        Setting.LOG_RETENTION,
        value(Setting.LOG_RETENTION),
        DidYouMean.to(text, words).orElse("one of " + String.join(", ", words)));
    return RetentionDays.valueOf(Setting.LOG_RETENTION.defaultValue());
  }

  private Expiry expiry() {
    String text = text(Setting.EXPIRY);
    return Arrays.stream(Expiry.values())
        .filter(expiry -> expiry.word().equals(text))
        .findFirst()
        .orElseGet(
            () -> {
              refuse(Setting.EXPIRY, value(Setting.EXPIRY), "apply, preview or off");
              return Expiry.OFF;
            });
  }

  private boolean flag(Setting setting) {
    String text = text(setting);
    if (!text.equals("true") && !text.equals("false")) {
      refuse(setting, value(setting), "true or false");
    }
    return text.equals("true");
  }

  private Duration hours(Setting setting) {
    String text = text(setting);
    if (!HOURS.matcher(text).matches()) {
      refuse(setting, value(setting), "a whole number of hours, 1..9999");
      return Duration.ZERO;
    }
    return Duration.ofHours(Integer.parseInt(text));
  }

  private int number(Setting setting) {
    String text = text(setting);
    if (!NUMBER.matcher(text).matches()) {
      refuse(setting, value(setting), "a whole number, 1..999999");
      return 1;
    }
    return Integer.parseInt(text);
  }

  /** Each once, in the order in which they are given. */
  private List<String> texts(Setting setting, Predicate<String> fits, String expected) {
    Set<String> texts = new LinkedHashSet<>();
    for (JsonNode one : list(setting, "a JSON list of texts")) {
      if (one.isTextual() && fits.test(one.asText())) {
        texts.add(one.asText());
      } else {
        refuse(setting, one, expected);
      }
    }
    return List.copyOf(texts);
  }

  /** A list, as cdk.json has it, or as text, as the command line gives it. */
  private JsonNode list(Setting setting, String expected) {
    JsonNode given = value(setting);
    JsonNode list = given.isTextual() ? parsed(given.asText()) : given;
    if (!list.isArray()) {
      refuse(setting, given, expected);
      return MissingNode.getInstance();
    }
    return list;
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException unreadable) {
      return MissingNode.getInstance();
    }
  }

  private String text(Setting setting) {
    return value(setting).isContainerNode() ? value(setting).toString() : value(setting).asText();
  }

  private JsonNode value(Setting setting) {
    return context.hasNonNull(setting.key())
        ? context.get(setting.key())
        : JSON.getNodeFactory().textNode(setting.defaultValue());
  }

  private void refuse(Setting setting, JsonNode found, String expected) {
    String text = found.isContainerNode() ? found.toString() : found.asText();
    faults.add(
        "%s is '%s', expected %s".formatted(setting.key(), LogSafe.of(text, MAX_LENGTH), expected));
  }
}
