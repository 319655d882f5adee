package dev.freezeframe.snapshot;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.policy.Tagging;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tags by which snapshots are known as ours, and what they say. */
public final class SnapshotTags {
  public static final String POLICY = "freezeframe:policy";
  public static final String RUN = "freezeframe:run";
  public static final String SET = "freezeframe:set";
  public static final String INSTANCE = "freezeframe:instance";

  /** The verdict on the snapshot itself. */
  public static final String CONSISTENCY = "freezeframe:consistency";

  /** The proof of an APPLICATION snapshot: {@code PROVED} or {@code CLAIMED}. */
  public static final String PROOF = "freezeframe:proof";

  /** Of a snapshot that is less. */
  public static final String NO_PROOF = "NONE";

  /** The verdict on the set of the snapshot, which is that of its weakest volume. */
  public static final String SET_CONSISTENCY = "freezeframe:set-consistency";

  public static final String PRE_SCRIPT = "freezeframe:pre-script";
  public static final String POST_SCRIPT = "freezeframe:post-script";
  public static final String EXPIRES_AT = "freezeframe:expires-at";

  /** {@code forever}, or the last day on which a snapshot is kept whatever the rules say. */
  public static final String PIN = "freezeframe:pin";

  /** The longest value that EC2 takes. */
  private static final int MAX_LENGTH = 256;

  private SnapshotTags() {}

  /** The tags that a set gets in the call that creates it; ours win over the policy's. */
  public static Map<String, String> onCreate(SetOrder order) {
    Map<String, String> tags = new TreeMap<>(order.tagging().add());
    tags.put(POLICY, order.policy().value());
    tags.put(RUN, order.run().value());
    tags.put(SET, order.id().value());
    tags.put(INSTANCE, order.instance().value());
    return tags;
  }

  /** The keys of those tags. */
  public static Set<String> keysOnCreate(Tagging tagging) {
    Set<String> keys = new TreeSet<>(tagging.add().keySet());
    keys.addAll(List.of(POLICY, RUN, SET, INSTANCE));
    return keys;
  }

  /** A text as a tag's value: cut to what EC2 takes, without what a terminal could act upon. */
  public static String value(String text) {
    String line = LogSafe.of(text);
    return line.codePointCount(0, line.length()) <= MAX_LENGTH
        ? line
        : LogSafe.of(line, MAX_LENGTH - 3);
  }
}
