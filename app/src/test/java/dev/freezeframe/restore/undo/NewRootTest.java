package dev.freezeframe.restore.undo;

import static dev.freezeframe.restore.undo.UndoneRestore.NEW;
import static dev.freezeframe.restore.undo.UndoneRestore.OLD;
import static dev.freezeframe.restore.undo.UndoneRestore.OTHER;
import static dev.freezeframe.restore.undo.UndoneRestore.SERVER;
import static dev.freezeframe.restore.undo.UndoneRestore.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.ec2.NewRoot;
import dev.freezeframe.restore.ec2.VolumeView;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewRootTest {
  private final RestorePlan plan = UndoneRestore.plan(Destination.ROOT);

  /** Seed 30001506: the root before it had been restored in place, of the same snapshot. */
  @Test
  void theRootThatIsReplacedIsNotTheNewOneThoughItIsOfTheSameSnapshot() {
    VolumeView old = on(OLD, SERVER, "attached", true);
    VolumeView created = on(NEW, SERVER, "attached", true);

    assertThat(NewRoot.of(plan, List.of(old))).isEmpty();
    assertThat(NewRoot.of(plan, List.of(old, created))).contains(created);
  }

  @Test
  void whatIsAttachedElsewhereIsNoRoot() {
    assertThat(NewRoot.of(plan, List.of(on(NEW, OTHER, "attached", true)))).isEmpty();
  }
}
