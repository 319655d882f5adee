package dev.freezeframe.operator.dlm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Converts a policy with schedules: DLM calls it a custom or a standard one. */
final class CustomPolicy {
  private final DlmPolicy policy;
  private final DlmObject details;

  CustomPolicy(DlmPolicy policy, DlmObject details) {
    this.policy = policy;
    this.details = details;
  }

  List<ConvertedPolicy> convert() {
    List<String> notes = new ArrayList<>(policy.notes());
    Map<String, Object> volumes = volumes(notes);
    List<Object> targets = DlmTags.selectors(details.objects("TargetTags"));
    if (targets.isEmpty()) {
      throw details.refuse("TargetTags", "the tags of what is backed up");
    }
    locations(notes);
    List<DlmObject> schedules = details.objects("Schedules");
    if (schedules.isEmpty()) {
      throw details.refuse("Schedules", "a list of schedules");
    }
    if (schedules.size() > 1) {
      notes.add(
          "DLM's policy has %d schedules, each is a policy of its own here: where two coincide, DLM"
                  .formatted(schedules.size())
              + " takes one snapshot and keeps it for the longer time, here two sets are taken, and"
              + " a guest is frozen twice; retention.tiers of one policy may be what you want");
    }
    List<Draft> drafts = new ArrayList<>();
    List<String> names =
        policy.names(schedules.stream().map(schedule -> schedule.text("Name").orElse("")).toList());
    for (DlmObject schedule : schedules) {
      drafts.add(draft(schedule, names.get(drafts.size()), targets, volumes, notes));
    }
    List<String> unknown = policy.unknown();
    return drafts.stream().map(draft -> draft.write(unknown)).toList();
  }

  private Map<String, Object> volumes(List<String> notes) {
    String type = details.texts("ResourceTypes").stream().findFirst().orElse("");
    DlmObject parameters = details.object("Parameters");
    boolean excludeBoot = parameters.flag("ExcludeBootVolume").orElse(false);
    List<DlmObject> excluded = parameters.objects("ExcludeDataVolumeTags");
    switch (type) {
      case "INSTANCE" -> {}
      case "VOLUME" ->
          notes.add(
              "DLM selects volumes by these tags, here they select instances, and every volume of"
                  + " theirs is taken: tag the instances so, and exclude volumes with"
                  + " volumes.excludeTags; a count is of sets of an instance, not of a volume;"
                  + " volumes that are not attached are not backed up");
      default -> throw details.refuse("ResourceTypes", "INSTANCE or VOLUME, in a list");
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("excludeBoot", excludeBoot);
    if (!excluded.isEmpty()) {
      fields.put("excludeTags", DlmTags.selectors(excluded));
      if (!excludeBoot) {
        notes.add("ExcludeDataVolumeTags: here the tags leave out a boot volume as well");
      }
    }
    return fields;
  }

  private void locations(List<String> notes) {
    for (String location : details.texts("ResourceLocations")) {
      if (!location.equals("CLOUD")) {
        notes.add(
            "ResourceLocations: %s is no selection here; instances are selected by tag alone"
                .formatted(location));
      }
    }
  }

  private Draft draft(
      DlmObject schedule,
      String name,
      List<Object> targets,
      Map<String, Object> volumes,
      List<String> general) {
    List<String> notes = new ArrayList<>(general);
    String title = schedule.text("Name").orElse("");
    DlmObject rule = schedule.object("CreateRule");
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("enabled", policy.enabled());
    fields.put("targets", targets);
    fields.put("schedule", StartTimes.convert(rule, notes));
    fields.put("volumes", volumes);
    Map<String, Object> scripts = ScriptsOfSchedule.convert(rule, notes);
    if (!scripts.isEmpty()) {
      fields.put("scripts", scripts);
    }
    String location = rule.text("Location").orElse("CLOUD");
    if (!location.equals("CLOUD")) {
      notes.add("CreateRule.Location: the snapshots are made in the Region, not in " + location);
    }
    Map<String, Object> retention = RetentionConverter.convert(schedule, notes);
    if (!retention.isEmpty()) {
      fields.put("retention", retention);
    }
    fields.put("tags", DlmTags.ofSchedule(schedule, notes));
    UnsupportedFields.note(schedule, notes);
    return new Draft(policy.source(title), fields, notes);
  }

  /** A policy of which only the fields that nobody asked for are not known yet. */
  private record Draft(String source, Map<String, Object> fields, List<String> notes) {
    ConvertedPolicy write(List<String> unknown) {
      List<String> all = new ArrayList<>(notes);
      unknown.forEach(field -> all.add("%s is not known here, and left out".formatted(field)));
      return PolicyFile.write(source, fields, all);
    }
  }
}
