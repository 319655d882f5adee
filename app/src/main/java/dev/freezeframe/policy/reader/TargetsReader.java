package dev.freezeframe.policy.reader;

import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.policy.field.Section;
import dev.freezeframe.policy.field.TagSelectorField;
import java.util.List;

/** Reads which instances a policy is for. */
final class TargetsReader {
  static final int MAX = 50;
  private static final List<TagSelector> DEFAULT = List.of(TagSelector.parse("snapshot=snapshot"));

  private TargetsReader() {}

  static List<TagSelector> read(Section policy) {
    return policy
        .list("targets", new TagSelectorField(), 1, MAX)
        .filter(targets -> !targets.isEmpty())
        .orElse(DEFAULT);
  }
}
