package dev.freezeframe.policy;

import java.util.List;

/** Reads which volumes are left out. */
final class VolumesReader {
  static final List<String> FIELDS = List.of("excludeBoot", "excludeTags");

  private VolumesReader() {}

  static Volumes read(Section volumes) {
    return new Volumes(
        volumes.read("excludeBoot", Flag.EITHER).orElse(true),
        volumes.list("excludeTags", new TagSelectorField(), 0, 50).orElse(List.of()));
  }
}
