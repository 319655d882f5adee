package dev.freezeframe.policy.reader;

import dev.freezeframe.policy.Volumes;
import dev.freezeframe.policy.field.Flag;
import dev.freezeframe.policy.field.Section;
import dev.freezeframe.policy.field.TagSelectorField;
import java.util.List;

/** Reads which volumes are left out. */
public final class VolumesReader {
  public static final List<String> FIELDS = List.of("excludeBoot", "excludeTags");
  static final int MAX = 50;

  private VolumesReader() {}

  static Volumes read(Section volumes) {
    return new Volumes(
        volumes.read("excludeBoot", Flag.EITHER).orElse(true),
        volumes.list("excludeTags", new TagSelectorField(), 0, MAX).orElse(List.of()));
  }
}
