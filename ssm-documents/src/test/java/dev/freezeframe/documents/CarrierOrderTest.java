package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A file system in a file of another freezes before that one: the other way round its last writes
 * wait for the thaw. What carries what is the kernel's to say, not the order of mounting or naming.
 */
class CarrierOrderTest {

  static Stream<Arguments> combinations() {
    List<Arguments> all = new ArrayList<>();
    for (String carrier : List.of("ext4", "xfs")) {
      for (String carried : List.of("ext4", "xfs")) {
        for (String named : List.of("auto", "carrier first", "carried first", "bound")) {
          all.add(Arguments.of(carrier, carried, named));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void whatIsCarriedFreezesBeforeItsCarrier(String carrierType, String carriedType, String named)
      throws IOException {
    try (Volume carrier = new Volume(carrierType, "700M");
        Volume carried = Volume.on(carrier, carriedType);
        Namespace namespace = new Namespace("8m");
        Guest guest = new Guest(SsmDocument.FILESYSTEM).in(namespace)) {
      // The carrier is bound elsewhere after both were mounted, as the latest of all.
      namespace.must("mount", "-t", "tmpfs", "tmpfs", "/mnt");
      namespace.must("mkdir", "/mnt/bound");
      namespace.must("mount", "--bind", carrier.path(), "/mnt/bound");
      namespace.keepOnly(carrier.path(), carried.path(), "/mnt/bound");
      guest
          .with("autoThawSeconds", "20")
          .with(
              "mountPoints",
              switch (named) {
                case "auto" -> "auto";
                case "carrier first" -> carrier.path() + "," + carried.path();
                case "carried first" -> carried.path() + "," + carrier.path();
                default -> "/mnt/bound," + carried.path();
              });
      Path log = guest.newFile("log");
      guest.standIn(
          "fsfreeze",
          "echo \"$1 $(stat -L -c %d \"$2\")\" >>'" + log + "'",
          "exec /usr/sbin/fsfreeze \"$@\"");
      String execution = Guest.newExecution();
      Shell.write(carried.mountPoint().resolve("dirty"), "x".repeat(100_000));
      Answer pre = guest.pre(execution);
      Answer post = guest.post(execution);
      assertThat(pre.exitCode()).as(pre.output()).isZero();
      assertThat(post.exitCode()).as(post.output()).isZero();
      assertThat(Files.readAllLines(log).subList(0, 2))
          .containsExactly("--freeze " + number(carried), "--freeze " + number(carrier));
      assertThat(carrier.frozen() || carried.frozen()).isFalse();
    }
  }

  private static String number(Volume volume) {
    return Shell.must("stat", "-c", "%d", volume.path()).trim();
  }
}
