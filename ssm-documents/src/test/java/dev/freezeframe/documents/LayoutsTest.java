package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random layouts of file systems and random faults: nothing is frozen past the deadline.
 *
 * <p>{@code -Dfreezeframe.layouts=2000} tries so many, {@code -Dfreezeframe.layoutsAtOnce=8} so
 * many at a time; {@code -Dfreezeframe.layoutSeed=N} begins with that one.
 */
class LayoutsTest {

  private static final int LAYOUTS = Integer.getInteger("freezeframe.layouts", 50);
  private static final int AT_ONCE = Integer.getInteger("freezeframe.layoutsAtOnce", 5);

  @Test
  void noFaultKeepsAFileSystemFrozenPastTheDeadline(@TempDir Path images)
      throws InterruptedException {
    try (Volume whatAVolumeNeeds = new Volume("xfs")) {
      assertThat(whatAVolumeNeeds.frozen()).isFalse();
    }
    for (String type : List.of("ext4", "xfs")) {
      Shell.must("truncate", "-s", type.equals("xfs") ? "300M" : "120M", images.resolve(type) + "");
      Shell.must("mkfs." + type, "-q", images.resolve(type).toString());
    }
    long first = Long.getLong("freezeframe.layoutSeed", System.currentTimeMillis());
    List<String> violations = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<String>> trials = new ArrayList<>();
      for (int i = 0; i < LAYOUTS; i++) {
        Layout layout = Layout.of(first + i);
        trials.add(pool.submit(() -> play(layout, images)));
      }
      for (int i = 0; i < LAYOUTS; i++) {
        try {
          violations.add(trials.get(i).get());
        } catch (ExecutionException e) {
          violations.add(Layout.of(first + i) + " " + e.getCause());
        }
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(violations).as("layouts from seed " + first).allMatch(String::isEmpty);
  }

  private static String play(Layout layout, Path images) {
    try (LayoutTrial trial = new LayoutTrial(layout, images)) {
      String violation = trial.violation();
      return violation.isEmpty() ? "" : layout + " " + violation;
    }
  }
}
