package dev.freezeframe.restore.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.guest.GuestHint.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuestHintsTest {
  private static final Optional<String> LINUX = Optional.of("Linux/UNIX");
  private static final Optional<String> WINDOWS = Optional.of("Windows with SQL Server Standard");
  private static final InstanceId INSTANCE = new InstanceId("i-0123456789abcdef0");

  private static List<GuestHint> hints(
      Destination to, Optional<String> platform, boolean root, int volumes) {
    return GuestHints.of(
        new RestorePlan(
            new RestoreRequest(
                new AttemptId("6f0e1c52-0000-3000-8000-000000000000"),
                INSTANCE,
                to,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                false,
                List.of(),
                List.of(),
                new TreeSet<>(),
                false,
                Optional.empty()),
            "eu-central-1a",
            to.changesInstance() ? Optional.of(INSTANCE) : Optional.empty(),
            to.changesInstance(),
            Stream.iterate(1, number -> number + 1)
                .limit(volumes)
                .map(number -> creation(number, root && number == 1))
                .toList(),
            List.of(),
            Optional.empty()),
        platform);
  }

  private static RestorePlan.Creation creation(int number, boolean root) {
    return new RestorePlan.Creation(
        new SnapshotId("snap-0123456789abcdef" + number),
        new VolumeId("vol-0123456789abcdef" + number),
        Optional.of("/dev/sd" + (char) ('e' + number)),
        "gp3",
        OptionalInt.of(3_000),
        OptionalInt.of(125),
        8,
        Optional.empty(),
        false,
        root,
        Map.of());
  }

  private static Set<Topic> topics(
      Destination to, Optional<String> platform, boolean root, int volumes) {
    return hints(to, platform, root, volumes).stream()
        .map(GuestHint::topic)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Topic.class)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Destination.class,
      names = {"VOLUMES", "INSTANCE"})
  void whatIsLookedAtMayBeBesideItsOriginal(Destination to) {
    assertThat(topics(to, LINUX, false, 1))
        .contains(Topic.DEVICES, Topic.XFS, Topic.EXT4, Topic.BTRFS, Topic.LVM)
        .contains(Topic.POSTGRESQL, Topic.MYSQL)
        .doesNotContain(Topic.RAID, Topic.ROOT_BESIDE_ROOT, Topic.FSTAB, Topic.CLOUD_INIT);
    assertThat(topics(to, LINUX, true, 2)).contains(Topic.RAID, Topic.ROOT_BESIDE_ROOT);
  }

  @Test
  void whatStartsInPlaceOfItsOriginalHasItsUuids() {
    assertThat(topics(Destination.IN_PLACE, LINUX, true, 2))
        .containsExactlyInAnyOrder(
            Topic.RAID_ASSEMBLED,
            Topic.LVM_DEVICES_FILE,
            Topic.FSTAB,
            Topic.POSTGRESQL_STARTED,
            Topic.MYSQL_STARTED);
  }

  @Test
  void aNewInstanceIsACopyOfProduction() {
    assertThat(topics(Destination.NEW, LINUX, true, 2))
        .contains(Topic.CLOUD_INIT, Topic.PRODUCTION, Topic.LVM_DEVICES_FILE)
        .doesNotContain(Topic.XFS, Topic.LVM, Topic.ROOT_BESIDE_ROOT);
  }

  @Test
  void aRootThatIsReplacedMeetsTheDataOfNow() {
    assertThat(topics(Destination.ROOT, LINUX, true, 1)).containsExactly(Topic.OLD_ROOT);
  }

  @Test
  void windowsIsToldOfItsDisksAlone() {
    assertThat(topics(Destination.INSTANCE, WINDOWS, true, 2))
        .containsExactlyInAnyOrder(Topic.WINDOWS_DISKS, Topic.WINDOWS_APPLICATIONS);
    assertThat(topics(Destination.NEW, WINDOWS, true, 2))
        .containsExactlyInAnyOrder(
            Topic.PRODUCTION, Topic.WINDOWS_DISKS, Topic.WINDOWS_APPLICATIONS);
  }

  @Test
  void aPlatformThatIsNotOnRecordIsTakenForLinux() {
    for (Destination to : Destination.values()) {
      assertThat(hints(to, Optional.empty(), true, 2)).isEqualTo(hints(to, LINUX, true, 2));
    }
  }

  @Test
  void eachHintIsGivenToSomebody() {
    assertThat(all().map(GuestHint::topic).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Topic.values());
  }

  /** Most of them run only where the machine has LVM, RAID or systemd. */
  @Test
  void bashParsesEveryCommand() throws IOException, InterruptedException {
    String script =
        all()
            .filter(hint -> !hint.topic().name().startsWith("WINDOWS"))
            .flatMap(hint -> Stream.of(hint.commands(), hint.afterwards()))
            .flatMap(Collection::stream)
            .collect(Collectors.joining("\n"));
    Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
    try (var in = bash.outputWriter()) {
      in.write(script);
    }
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
  }

  @Test
  void everyHintSaysSomethingInASentence() {
    assertThat(all())
        .allSatisfy(
            hint -> {
              assertThat(hint.text()).matches("(?s).*[.:]");
              assertThat(hint.afterwards().isEmpty() || !hint.commands().isEmpty()).isTrue();
            });
  }

  private static Stream<GuestHint> all() {
    return Stream.of(Destination.values())
        .flatMap(
            to ->
                Stream.of(LINUX, WINDOWS)
                    .flatMap(platform -> hints(to, platform, true, 2).stream()))
        .distinct();
  }
}
