package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesystemNormalRunTest {

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs"})
  void aCopyTakenInTheFreezeIsCleanAndHoldsEveryWriteAcknowledgedBefore(String type) {
    try (Volume volume = new Volume(type);
        Guest guest = new Guest(SsmDocument.FILESYSTEM).with("mountPoints", volume.path());
        Writer writer = new Writer(volume.mountPoint().resolve("log"))) {
      String execution = Guest.newExecution();

      Answer pre = guest.pre(execution);
      assertThat(pre.exitCode()).as(pre.output()).isZero();
      StampShape.assertGolden(SsmDocument.FILESYSTEM, "pre-script", pre);
      Volume.Copy copy = volume.copy();
      assertThat(volume.frozen()).isTrue();
      Answer post = guest.post(execution);
      assertThat(post.exitCode()).as(post.output()).isZero();
      StampShape.assertGolden(SsmDocument.FILESYSTEM, "post-script", post);
      writer.acknowledged().awaitNext();

      Stamp frozen = pre.stamp("frozen");
      Stamp thawing = post.stamp("thawing");
      assertThat(writer.acknowledged().between(frozen.at().plusMillis(1), thawing.at())).isZero();
      assertThat(writer.errors()).isEmpty();
      assertThat(volume.frozen()).isFalse();
      assertThat(Guest.leftovers()).isEmpty();

      Answer check = copy.check();
      assertThat(check.exitCode()).as(check.output()).isZero();
      List<Integer> promised = writer.acknowledged().before(frozen.at());
      copy.mounted(
          folder ->
              assertThat(lines(folder.resolve("log")))
                  .containsAll(promised.stream().map(String::valueOf).toList()));
      Figures.note("filesystem " + type, "normal run", writer.acknowledged());
      assertThat(writer.acknowledged().longestStall()).isLessThan(Duration.ofSeconds(8));
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
