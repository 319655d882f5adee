package dev.freezeframe.inventory;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.policy.Pacing;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Spreads a fleet over time, so that CreateSnapshots stays under its rate <em>before</em> anything
 * is frozen.
 */
public final class StartOffsets {
  private StartOffsets() {}

  /**
   * When an instance's turn is, in whole seconds after the run began.
   *
   * <p>The jitter follows from run and instance, so that a second try spreads the fleet alike.
   *
   * @param position of the instance in the run, from 0
   */
  public static long offsetSeconds(Pacing pacing, RunId run, InstanceId instance, int position) {
    long turn = (long) Math.floor(position / pacing.setsPerSecond());
    long jitter = pacing.jitter().toSeconds();
    if (jitter == 0) {
      return turn;
    }
    CRC32 hash = new CRC32();
    hash.update((run + "/" + instance).getBytes(StandardCharsets.UTF_8));
    return turn + hash.getValue() % (jitter + 1);
  }
}
