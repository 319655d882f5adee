package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * A script that is killed with -9 at any of its steps leaves nothing unmounted and nothing stopped.
 *
 * <p>{@code -Dfreezeframe.killType=xfs} tries it on XFS.
 */
class KilledUnmountTest extends UnmountTrial {

  @Override
  String type() {
    return System.getProperty("freezeframe.killType", "ext4");
  }

  private KillTrial trial() {
    return new KillTrial(
        this::guest,
        () -> !volume.mounted() || !systemctl.runs(UNIT) || !systemctl.runs(FRONT),
        30);
  }

  @Test
  void aPreScriptOfUnmountMayDieAnywhere() {
    assertThat(trial().preScripts()).isGreaterThan(60);
    assertAllIsBack();
  }

  @Test
  void aPostScriptOfUnmountMayDieAnywhere() {
    assertThat(trial().postScripts()).isGreaterThan(30);
    assertAllIsBack();
  }
}
