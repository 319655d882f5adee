package dev.freezeframe.restore.undo;

import static dev.freezeframe.restore.undo.UndoneRestore.ID;
import static dev.freezeframe.restore.undo.UndoneRestore.NEW;
import static dev.freezeframe.restore.undo.UndoneRestore.OLD;
import static dev.freezeframe.restore.undo.UndoneRestore.OTHER;
import static dev.freezeframe.restore.undo.UndoneRestore.SERVER;
import static dev.freezeframe.restore.undo.UndoneRestore.free;
import static dev.freezeframe.restore.undo.UndoneRestore.on;
import static dev.freezeframe.restore.undo.UndoneRestore.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.restore.RestoredVolume;
import dev.freezeframe.restore.ec2.VolumeView;
import dev.freezeframe.restore.undo.Leftovers.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeftoversTest {
  private static final RestoredVolume KNOWN = row(Optional.of(NEW));

  private static Action of(VolumeView volume, RestoredVolume... rows) {
    return Leftovers.on(volume, ID, List.of(rows)).action();
  }

  @Test
  void whatARestoreCreatedAndNothingUsesIsDeleted() {
    assertThat(of(free(NEW, "available"), KNOWN)).isEqualTo(Action.DELETE);
    assertThat(of(free(NEW, "error"), KNOWN)).isEqualTo(Action.DELETE);
    assertThat(of(free(NEW, "available"), row(Optional.empty())))
        .as("its id was never answered")
        .isEqualTo(Action.DELETE);
  }

  @Test
  void aTagAloneDeletesNothing() {
    assertThat(of(free(OLD, "available"))).isEqualTo(Action.KEEP);
    assertThat(of(free(OLD, "available"), KNOWN))
        .as("the row is of another volume")
        .isEqualTo(Action.KEEP);
  }

  @Test
  void aVolumeOfAnotherSnapshotOrOfNoneIsKeptWhateverItsTagAndItsRow() {
    VolumeView volume = free(NEW, "available");

    for (Optional<SnapshotId> snapshot :
        List.of(
            Optional.<SnapshotId>empty(), Optional.of(new SnapshotId("snap-0123456789abcdef9")))) {
      assertThat(of(new VolumeView(NEW, snapshot, "available", List.of(), volume.tags()), KNOWN))
          .isEqualTo(Action.KEEP);
    }
  }

  @Test
  void aVolumeWithoutTheTagIsKept() {
    assertThat(
            of(
                new VolumeView(
                    NEW,
                    Optional.of(UndoneRestore.SNAPSHOT),
                    "available",
                    List.of(),
                    Map.of("freezeframe:restore", "restore-20261128T153000Z-00000000")),
                KNOWN))
        .isEqualTo(Action.KEEP);
  }

  @Test
  void whatIsAttachedIsKeptAndWhatIsOnItsWayIsWaitedFor() {
    assertThat(of(on(NEW, SERVER, "attached", true), KNOWN)).isEqualTo(Action.KEEP);
    assertThat(of(on(NEW, OTHER, "attached", true), KNOWN)).isEqualTo(Action.KEEP);
    assertThat(of(on(NEW, SERVER, "detaching", true), KNOWN)).isEqualTo(Action.WAIT);
    assertThat(of(free(NEW, "creating"), KNOWN)).isEqualTo(Action.WAIT);
    assertThat(of(free(NEW, "deleting"), KNOWN)).isEqualTo(Action.GONE);
  }
}
