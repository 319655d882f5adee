package dev.freezeframe.policy;

import java.util.List;

/** Reads which instances a policy is for. */
final class TargetsReader {
  private static final List<TagSelector> DEFAULT = List.of(TagSelector.parse("snapshot=snapshot"));

  private TargetsReader() {}

  static List<TagSelector> read(Section policy) {
    return policy
        .list("targets", new TagSelectorField(), 1, 50)
        .filter(targets -> !targets.isEmpty())
        .orElse(DEFAULT);
  }
}
