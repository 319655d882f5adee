package dev.freezeframe.infra.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.Quoted;
import dev.freezeframe.infra.Expiry;
import dev.freezeframe.infra.iam.KeyArn;
import dev.freezeframe.input.Content.Kind;
import dev.freezeframe.input.DidYouMean;
import dev.freezeframe.input.Entry;
import dev.freezeframe.input.FieldType;
import dev.freezeframe.input.FieldTypes;
import dev.freezeframe.input.FieldTypes.Choice;
import dev.freezeframe.input.FieldTypes.Parsed;
import dev.freezeframe.input.JsonTree;
import dev.freezeframe.input.Section;
import dev.freezeframe.input.Violations;
import dev.freezeframe.policy.DocumentName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * Reads the settings as strictly as policies are read: what is unknown or wrong is named at once,
 * in a sentence each, and nothing half right is returned.
 */
final class SettingsReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** SNS sends a confirmation to whatever looks like an address; so this is all that is asked. */
  private static final FieldType<String> ADDRESS =
      matching(
          "an address such as ops@example.org",
          "[^\\s@,;<>\"]{1,64}@[^\\s@,;<>\"]+\\.[^\\s@,;<>\".]{2,}");

  private static final FieldType<String> HOURS =
      matching("a whole number of hours, 1..9999", "[1-9]\\d{0,3}");
  private static final FieldType<String> NUMBER =
      matching("a whole number, 1..999999", "[1-9]\\d{0,5}");
  private static final FieldType<String> ACCOUNT =
      matching("an account of 12 digits, as text", "\\d{12}");
  private static final FieldType<String> REGION =
      matching(
          "the code of a Region, as describe-regions lists them", "[a-z]{2,5}(-[a-z]+)+-\\d{1,2}");
  private static final FieldType<Expiry> EXPIRY =
      new Choice<>(List.of(Expiry.values()), Expiry::word);
  private static final FieldType<RetentionDays> LOG_RETENTION =
      new Choice<>(List.of(RetentionDays.values()), RetentionDays::name);
  private static final int MAX_ARN = 120;

  private final Violations faults = new Violations("");
  private final JsonNode context;

  /**
   * A reader.
   *
   * @param context by key, as CDK has it: of cdk.json, and of the command line, where all is text
   */
  SettingsReader(Object context) {
    this.context = JSON.valueToTree(context);
  }

  private static FieldType<String> matching(String expected, String form) {
    return Parsed.fitting(expected, Pattern.compile(form).asMatchPredicate());
  }

  Settings read() {
    refuseUnknown();
    List<Environment> environments = environments();
    Optional<String> ledgerKey = ledgerKey(environments);
    Optional<Boolean> paused = FieldTypes.FLAG.read(entry(Setting.PAUSED));
    Optional<Duration> grace =
        HOURS.read(entry(Setting.GRACE_HOURS)).map(Long::valueOf).map(Duration::ofHours);
    Optional<Expiry> expiry = EXPIRY.read(entry(Setting.EXPIRY));
    Optional<Integer> pending = NUMBER.read(entry(Setting.PENDING_SNAPSHOTS)).map(Integer::valueOf);
    Optional<RetentionDays> logs = LOG_RETENTION.read(entry(Setting.LOG_RETENTION));
    Set<String> mailTo = each(Setting.MAIL_TO, ADDRESS);
    Set<String> documents = each(Setting.DOCUMENTS, new DocumentName());
    String policies = entry(Setting.POLICIES).text().orElse("");
    faults.raise();
    return new Settings(
        policies,
        environments,
        List.copyOf(mailTo),
        paused.orElseThrow(),
        grace.orElseThrow(),
        expiry.orElseThrow(),
        ledgerKey,
        pending.orElseThrow(),
        logs.orElseThrow(),
        documents);
  }

  /** A key that is nearly ours is taken for ours: {@code freezframe:paused} would pause nothing. */
  private void refuseUnknown() {
    List<String> known = Arrays.stream(Setting.values()).map(Setting::key).toList();
    List<String> names = known.stream().map(SettingsReader::afterColon).toList();
    for (var member : context.properties()) {
      String key = member.getKey();
      String prefix = key.substring(0, key.length() - afterColon(key).length());
      if (DidYouMean.to(prefix, List.of(Setting.PREFIX)).isPresent() && !known.contains(key)) {
        new Entry(Quoted.shorten(key), JsonTree.of(member.getValue(), faults).content(), faults)
            .refuse(
                "unknown",
                DidYouMean.to(afterColon(key), names)
                    .map(Setting.PREFIX::concat)
                    .orElse("one of " + String.join(", ", known)));
      }
    }
  }

  private static String afterColon(String key) {
    return key.substring(key.indexOf(':') + 1);
  }

  /** None named: where the caller's credentials point. */
  private List<Environment> environments() {
    List<Environment> environments = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Entry entry : list(Setting.ENVIRONMENTS, "a JSON list of {account, region}")) {
      Section one = new Section(entry, List.of("account", "region"));
      one.require("account", ACCOUNT.expected());
      one.require("region", REGION.expected());
      Optional<String> account = one.read("account", ACCOUNT);
      Optional<String> region = one.read("region", REGION);
      if (account.isPresent() && region.isPresent()) {
        if (!seen.add(account.get() + region.get())) {
          entry.refuse("given twice", "each account and region once");
        }
        environments.add(Environment.builder().account(account.get()).region(region.get()).build());
      }
    }
    return environments.isEmpty()
        ? List.of(Environment.builder().build())
        : List.copyOf(environments);
  }

  /** Told whole where it is refused: ARNs differ at their ends. */
  private Optional<String> ledgerKey(List<Environment> environments) {
    Entry entry = entry(Setting.LEDGER_KEY);
    String text = entry.text().orElse("");
    if (text.isEmpty() && entry.text().isPresent()) {
      return Optional.empty();
    }
    String found = "'%s'".formatted(LogSafe.of(text, MAX_ARN));
    Optional<KeyArn> arn = KeyArn.parse(text);
    if (arn.isEmpty()) {
      return entry.refuse(found, KeyArn.EXPECTED);
    }
    environments.stream()
        .map(Environment::getRegion)
        .filter(region -> region != null && !region.equals(arn.get().region()))
        .forEach(
            region ->
                entry.refuse(
                    found,
                    "a key of %s, where %s deploys to; Regions with keys of their own are deployed one at a time"
                        .formatted(region, Setting.ENVIRONMENTS.key())));
    return Optional.of(text);
  }

  /** Each once, in the order in which they are given. */
  private Set<String> each(Setting setting, FieldType<String> type) {
    Set<String> texts = new LinkedHashSet<>();
    list(setting, "a JSON list of texts such as [\"me@example.com\"]")
        .forEach(item -> type.read(item).ifPresent(texts::add));
    return texts;
  }

  private List<Entry> list(Setting setting, String expected) {
    Entry entry = entry(setting);
    if (!entry.is(Kind.LIST)) {
      entry.refuse(expected);
    }
    return entry.items();
  }

  /** A list stands in cdk.json as such, and in text where the command line gives it. */
  private Entry entry(Setting setting) {
    ObjectNode given = JSON.createObjectNode();
    JsonNode value = context.path(setting.key());
    given.set(
        setting.key(),
        value.isMissingNode() || value.isNull()
            ? parsed(setting.defaultValue())
            : value.isTextual() ? parsed(value.textValue()) : value);
    return JsonTree.of(given, faults).member(setting.key());
  }

  private static JsonNode parsed(String text) {
    try {
      JsonNode parsed = JSON.readTree(text);
      return parsed.isArray() ? parsed : JSON.getNodeFactory().textNode(text);
    } catch (JsonProcessingException plainText) {
      return JSON.getNodeFactory().textNode(text);
    }
  }
}
