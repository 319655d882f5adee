package dev.freezeframe.operator.dlm;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.input.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A policy of DLM: what {@code get-lifecycle-policy} prints, what {@code create-lifecycle-policy}
 * takes, or PolicyDetails alone.
 */
final class DlmPolicy {
  /** The longest name that a policy of ours has. */
  private static final int MAX_NAME = 40;

  private final DlmObject root;
  private final DlmObject policy;
  private final String id;
  private final String description;
  private final String state;
  private final String statusMessage;

  DlmPolicy(DlmObject root) {
    this.root = root;
    this.policy = root.has("Policy") ? root.object("Policy") : root;
    this.id = policy.text("PolicyId").orElse("");
    this.description = policy.text("Description").orElse("");
    this.state = policy.text("State").orElse("ENABLED");
    this.statusMessage = policy.text("StatusMessage").orElse("");
    policy.ignore("PolicyArn", "ExecutionRoleArn", "DateCreated", "DateModified", "Tags");
    policy.ignore("DefaultPolicy");
  }

  /**
   * The policies of ours, one for each schedule.
   *
   * @throws InvalidInputException if it is no policy of snapshots
   */
  List<ConvertedPolicy> convert() {
    if (!List.of("ENABLED", "DISABLED", "ERROR").contains(state)) {
      throw policy.refuse("State", "ENABLED, DISABLED or ERROR");
    }
    DlmObject details = policy.has("PolicyDetails") ? policy.object("PolicyDetails") : policy;
    String type = details.text("PolicyType").orElse("EBS_SNAPSHOT_MANAGEMENT");
    if (!type.equals("EBS_SNAPSHOT_MANAGEMENT")) {
      throw details.refuse(
          "PolicyType",
          "EBS_SNAPSHOT_MANAGEMENT: images and events of other sources are not taken");
    }
    boolean simplified = details.text("PolicyLanguage").filter("SIMPLIFIED"::equals).isPresent();
    boolean unscheduled = policy.has("DefaultPolicy") && !details.has("Schedules");
    if (simplified || unscheduled) {
      refuseImages(details);
      return new DefaultPolicy(this, details).convert();
    }
    if (!details.has("ResourceTypes") && !details.has("Schedules")) {
      throw policy.refuse("PolicyDetails", "a policy, as `aws dlm get-lifecycle-policy` prints it");
    }
    return new CustomPolicy(this, details).convert();
  }

  /** A default policy of images names its kind in one of two fields, by the command it is of. */
  private void refuseImages(DlmObject details) {
    if (details.text("ResourceType").filter(kind -> !kind.equals("VOLUME")).isPresent()) {
      throw details.refuse("ResourceType", "VOLUME: images are not taken");
    }
    if (policy.isText("DefaultPolicy")
        && !policy.text("DefaultPolicy").filter("VOLUME"::equals).isPresent()) {
      throw policy.refuse("DefaultPolicy", "VOLUME: images are not taken");
    }
  }

  boolean enabled() {
    return state.equals("ENABLED");
  }

  /** What holds of each of its schedules. */
  List<String> notes() {
    if (!state.equals("ERROR")) {
      return List.of();
    }
    String why = statusMessage.isBlank() ? "" : ": " + LogSafe.of(statusMessage);
    return List.of(
        "DLM's policy is in the state ERROR and does not run, so this one is not enabled" + why);
  }

  /** The fields that nothing was made of. */
  List<String> unknown() {
    return root.unasked();
  }

  /** What a policy of ours was converted from. */
  String source(String schedule) {
    List<String> words = new ArrayList<>();
    words.add("the DLM policy");
    words.add(id);
    words.add(description.isBlank() ? "" : "\"" + description + "\"");
    words.add(schedule.isBlank() ? "" : "(schedule \"" + schedule + "\")");
    words.removeIf(String::isEmpty);
    return String.join(" ", words);
  }

  /** A name for each of its schedules, all different. */
  List<String> names(List<String> schedules) {
    List<String> names = new ArrayList<>();
    for (String schedule : schedules) {
      names.add(name(schedule, names.size(), schedules.size()));
    }
    List<String> different = new ArrayList<>();
    for (String name : names) {
      String number = "-" + (different.size() + 1);
      different.add(
          Collections.frequency(names, name) == 1
              ? name
              : cut(name, MAX_NAME - number.length()) + number);
    }
    return different;
  }

  /** A name of ours: of the description and the schedule, as far as letters and digits go. */
  String name(String schedule, int index, int schedules) {
    String base = slug(description);
    String title = slug(schedule);
    if (schedules > 1 && title.isEmpty()) {
      title = "schedule-" + (index + 1);
    }
    if (base.isEmpty()) {
      base = title.isEmpty() ? slug(id) : title;
    } else if (schedules > 1) {
      base = cut(base, MAX_NAME - 1 - Math.min(title.length(), MAX_NAME / 2));
      base = base + "-" + cut(title, MAX_NAME / 2);
    }
    return base.isEmpty() ? "from-dlm" : cut(base, MAX_NAME);
  }

  private static String slug(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  /** Between words, unless that would leave less than half. */
  private static String cut(String name, int most) {
    if (name.length() <= most) {
      return name;
    }
    int end = name.lastIndexOf('-', most);
    return name.substring(0, end < most / 2 ? most : end).replaceAll("-$", "");
  }
}
