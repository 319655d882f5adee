package dev.freezeframe.policy;

import java.util.List;

/** Reads which volumes are left out. */
final class VolumesReader {
  static final List<String> FIELDS = List.of("excludeBoot", "excludeTags");
  static final int MOST = 50;

  private VolumesReader() {}

  static Volumes read(Section volumes) {
    return new Volumes(
        volumes.read("excludeBoot", Flag.EITHER).orElse(true),
        volumes.list("excludeTags", new TagSelectorField(), 0, MOST).orElse(List.of()));
  }
}
