package dev.freezeframe.operator.dlm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tags of DLM, as selectors and as tags of ours. */
final class DlmTags {
  private DlmTags() {}

  /** As a person would write them: {@code key=value}, two fields only where the key has a =. */
  static List<Object> selectors(List<DlmObject> tags) {
    return tags.stream().map(DlmTags::selector).toList();
  }

  private static Object selector(DlmObject tag) {
    String key = key(tag);
    String value = tag.text("Value").orElse("");
    if (!key.contains("=")) {
      return key + "=" + value;
    }
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("key", key);
    fields.put("value", value);
    return fields;
  }

  /** The tags of a schedule: those that it adds, and whether it copies the volume's. */
  static Map<String, Object> ofSchedule(DlmObject schedule, List<String> notes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, String> add = new LinkedHashMap<>();
    for (DlmObject tag : schedule.objects("TagsToAdd")) {
      add.put(key(tag), tag.text("Value").orElse(""));
    }
    if (!add.isEmpty()) {
      fields.put("add", add);
    }
    fields.put("copyFromVolume", schedule.flag("CopyTags").orElse(false));
    for (DlmObject tag : schedule.objects("VariableTags")) {
      notes.add(
          "VariableTags: %s=%s is not added; the instance is in the tag freezeframe:instance, the"
                  .formatted(key(tag), tag.text("Value").orElse(""))
              + " time is the snapshot's own start time");
    }
    return fields;
  }

  private static String key(DlmObject tag) {
    return tag.text("Key").orElseThrow(() -> tag.refuse("Key", "a tag's key"));
  }
}
