package dev.freezeframe.operator.dlm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Converts a default policy, which DLM also calls simplified: no tags, no schedules. */
final class DefaultPolicy {
  private final DlmPolicy policy;
  private final DlmObject details;

  /**
   * Takes its parts.
   *
   * @param details the fields of the policy, which stand in PolicyDetails or beside it
   */
  DefaultPolicy(DlmPolicy policy, DlmObject details) {
    this.policy = policy;
    this.details = details;
  }

  List<ConvertedPolicy> convert() {
    details.ignore("ResourceTypes", "ResourceLocations");
    List<String> notes = new ArrayList<>(policy.notes());
    notes.add(
        "DLM's default policy takes every volume of the Region that has no recent snapshot; here the"
            + " instances tagged snapshot=snapshot are taken, whatever else was: tag them, or write"
            + " the tags that they have into targets; volumes that are not attached are not backed"
            + " up");
    int days = details.number("CreateInterval", 1, 7).orElse(1);
    DlmObject exclusions = details.object("Exclusions");
    Map<String, Object> volumes = new LinkedHashMap<>();
    volumes.put("excludeBoot", exclusions.flag("ExcludeBootVolumes").orElse(false));
    List<Object> excluded = DlmTags.selectors(exclusions.objects("ExcludeTags"));
    if (!excluded.isEmpty()) {
      volumes.put("excludeTags", excluded);
    }
    List<String> types = exclusions.texts("ExcludeVolumeTypes");
    if (!types.isEmpty()) {
      notes.add(
          "ExcludeVolumeTypes: volumes of type %s are taken; exclude them by tag"
              .formatted(String.join(", ", types)));
    }
    for (DlmObject copy : details.objects("CrossRegionCopyTargets")) {
      notes.add(
          "CrossRegionCopyTargets: nothing is copied to %s"
              .formatted(copy.text("TargetRegion").orElse("a Region")));
    }
    if (details.flag("ExtendDeletion").orElse(false)) {
      notes.add(
          "ExtendDeletion: as DLM does with it, sets of an instance that is gone end by age; but"
              + " the newest application-consistent set and retention.minimum stay forever");
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", policy.name("default", 0, 1));
    fields.put("enabled", policy.enabled());
    fields.put("targets", List.of("snapshot=snapshot"));
    fields.put("schedule", Map.of("rate", days == 1 ? "1 day" : days + " days"));
    fields.put("volumes", volumes);
    fields.put("retention", Map.of("days", details.number("RetainInterval", 2, 14).orElse(7)));
    fields.put("tags", Map.of("copyFromVolume", details.flag("CopyTags").orElse(false)));
    policy
        .unknown()
        .forEach(field -> notes.add("%s is not known here, and left out".formatted(field)));
    return List.of(PolicyFile.write(policy.source(""), fields, notes));
  }
}
