package dev.freezeframe.policy;

import java.util.List;

/** Reads which instances a policy is for. */
final class TargetsReader {
  static final int MOST = 50;
  private static final List<TagSelector> DEFAULT = List.of(TagSelector.parse("snapshot=snapshot"));

  private TargetsReader() {}

  static List<TagSelector> read(Section policy) {
    return policy
        .list("targets", new TagSelectorField(), 1, MOST)
        .filter(targets -> !targets.isEmpty())
        .orElse(DEFAULT);
  }
}
