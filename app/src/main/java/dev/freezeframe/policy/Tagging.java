package dev.freezeframe.policy;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The tags that snapshots get besides our own. */
public record Tagging(Map<String, String> add, boolean copyFromVolume) {

  public Tagging {
    PolicyFields.ADD.check(add);
    add = Collections.unmodifiableMap(new TreeMap<>(add));
  }
}
