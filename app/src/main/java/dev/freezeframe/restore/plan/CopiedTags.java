package dev.freezeframe.restore.plan;

import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.VolumeSettings;
import dev.freezeframe.restore.view.LiveVolume;
import java.util.Map;
import java.util.TreeMap;

/** The tags that a copy gets of what it is a copy of. */
final class CopiedTags {
  /** {@code freezeframe:restore} and {@code freezeframe:restored-from}. */
  static final int OURS = 2;

  private CopiedTags() {}

  /** Those of a volume, as recorded or as they are now. */
  static Map<String, String> of(MemberVolume volume, RestoreRequest request) {
    return of(
        volume
            .settings()
            .map(VolumeSettings::tags)
            .or(() -> volume.live().map(LiveVolume::tags))
            .orElse(Map.of()),
        request);
  }

  /** EC2 refuses {@code aws:}; ours would say what is not true of a copy. */
  static Map<String, String> of(Map<String, String> tags, RestoreRequest request) {
    Map<String, String> copied = new TreeMap<>(tags);
    copied
        .keySet()
        .removeIf(
            key ->
                key.startsWith("aws:")
                    || key.startsWith("freezeframe:")
                    || request.withoutTags().contains(key));
    return copied;
  }
}
