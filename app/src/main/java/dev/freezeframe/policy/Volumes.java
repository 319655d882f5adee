package dev.freezeframe.policy;

import java.util.List;

/** Which volumes of a matched instance are left out of its snapshot sets. */
public record Volumes(boolean excludeBoot, List<TagSelector> excludeTags) {

  public Volumes {
    PolicyFields.EXCLUDE_TAGS.check(excludeTags);
    excludeTags = List.copyOf(excludeTags);
  }
}
