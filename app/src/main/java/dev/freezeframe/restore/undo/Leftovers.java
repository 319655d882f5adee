package dev.freezeframe.restore.undo;

import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoredVolume;
import dev.freezeframe.restore.ec2.VolumeView;
import java.util.List;
import java.util.Optional;

/**
 * Decides which volumes of a restore are deleted: those that carry its tag, are on record, were
 * created by EC2 of a snapshot of the set, and are attached to nothing. A tag alone can be forged.
 */
public final class Leftovers {
  private Leftovers() {}

  /** What is done with a volume. */
  public enum Action {
    DELETE,
    /** It is on its way somewhere. */
    WAIT,
    GONE,
    KEEP
  }

  /**
   * An action and its reason.
   *
   * @param row of the volume; empty: none is
   */
  public record Decided(Action action, Optional<RestoredVolume> row, String words) {}

  /** Decides on one volume. */
  public static Decided on(VolumeView volume, RestoreId restore, List<RestoredVolume> rows) {
    Optional<RestoredVolume> row = rows.stream().filter(one -> isOf(one, volume)).findFirst();
    if (volume.ended()) {
      return new Decided(Action.GONE, row, "%s is deleted".formatted(volume.id()));
    }
    if (!volume.of(restore)) {
      return keep(row, "%s does not carry the tag of %s".formatted(volume.id(), restore));
    }
    if (row.isEmpty()) {
      return keep(row, "%s is not on record, or of no snapshot of the set".formatted(volume.id()));
    }
    if (volume.state().equals("creating")) {
      return new Decided(Action.WAIT, row, "%s is being created".formatted(volume.id()));
    }
    if (volume.available() || volume.state().equals("error")) {
      return new Decided(Action.DELETE, row, "%s is %s".formatted(volume.id(), volume.state()));
    }
    return volume.attachments().stream().anyMatch(on -> !on.settled())
        ? new Decided(Action.WAIT, row, "%s is being attached or detached".formatted(volume.id()))
        : keep(
            row,
            volume.attachments().stream()
                .findFirst()
                .map(on -> "%s is attached to %s".formatted(volume.id(), on.instance()))
                .orElseGet(() -> "%s is %s".formatted(volume.id(), volume.state())));
  }

  /** A row whose volume nobody has recorded is that of any of its snapshot. */
  static boolean isOf(RestoredVolume row, VolumeView volume) {
    return volume.snapshot().filter(row.creation().snapshot()::equals).isPresent()
        && row.volume().map(volume.id()::equals).orElse(true);
  }

  private static Decided keep(Optional<RestoredVolume> row, String words) {
    return new Decided(Action.KEEP, row, words);
  }
}
