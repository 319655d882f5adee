package dev.freezeframe.policy;

import java.util.List;

/** Which volumes of a matched instance are left out of its snapshot sets. */
public record Volumes(boolean excludeBoot, List<TagSelector> excludeTags) {

  public Volumes {
    excludeTags = List.copyOf(excludeTags);
  }
}
