package dev.freezeframe.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.policy.Volumes;
import dev.freezeframe.restore.InstanceSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VolumeSelectionTest {
  private static final VolumeId BOOT = new VolumeId("vol-0000000000000000a");

  private static VolumeId data(int number) {
    return new VolumeId("vol-%017x".formatted(number));
  }

  private static InstanceFacts instance(int dataVolumes) {
    List<VolumeId> volumes =
        Stream.concat(
                Stream.of(BOOT),
                IntStream.rangeClosed(1, dataVolumes).mapToObj(number -> data(number + 255)))
            .toList();
    return new InstanceFacts(
        new InstanceId("i-0123456789abcdef0"),
        "running",
        Optional.empty(),
        false,
        Optional.of(BOOT),
        volumes,
        Map.of(BOOT, "/dev/xvda", data(256), "/dev/sdf"),
        Map.of(),
        Map.of(),
        InstanceSettings.unknown());
  }

  private static final Volumes DATA_ONLY = new Volumes(true, List.of());

  @Test
  void theBootVolumeIsLeftOutByTheFlagAndNotByItsId() {
    VolumeSelection selection = VolumeSelection.of(instance(2), Map.of(), DATA_ONLY);

    assertThat(selection.included()).containsExactly(data(256), data(257));
    assertThat(selection.devices()).contains(Map.of(data(256), "/dev/sdf"));
    assertThat(selection.excludeBoot()).isTrue();
    assertThat(selection.excludeData()).isEmpty();
    assertThat(selection.invalid()).isEmpty();
  }

  @Test
  void volumesAreLeftOutByTagAndTheReasonNamesIt() {
    Volumes policy = new Volumes(false, List.of(TagSelector.parse("scratch")));

    VolumeSelection selection =
        VolumeSelection.of(
            instance(2),
            Map.of(data(256), Map.of("scratch", "1"), BOOT, Map.of("scratch", "")),
            policy);

    assertThat(selection.included()).containsExactly(data(257));
    assertThat(selection.excludeData()).containsExactly(data(256));
    assertThat(selection.excludeBoot()).isTrue();
    assertThat(selection.reasons())
        .containsExactly(BOOT + " is tagged scratch", data(256) + " is tagged scratch");
  }

  @Test
  void nothingLeftIsSaidWithEachReason() {
    assertThat(VolumeSelection.of(instance(0), Map.of(), DATA_ONLY).nothing())
        .contains(
            "no volume is left to snapshot: %s boots the instance; volumes.excludeBoot: false takes the boot volume"
                .formatted(BOOT));
  }

  @Test
  void noTagIsCopiedWhereAVolumeHasAKeyThatEachSnapshotIsGiven() {
    VolumeSelection selection = VolumeSelection.of(instance(1), Map.of(), DATA_ONLY);
    Map<VolumeId, Map<String, String>> tags =
        Map.of(data(256), Map.of("Name", "data", "team", "a", "aws:x", "y"));

    assertThat(selection.copying(tags, Set.of("Name", "freezeframe:set")).tooManyTags())
        .contains(
            "no tags of volumes are copied: %s has the tag Name, which each snapshot is given"
                .formatted(data(256)));
    assertThat(selection.copying(tags, Set.of("name", "aws:x")).tooManyTags()).isEmpty();
  }

  @Test
  void fortyFiveDataVolumesAreOneSet() {
    VolumeSelection selection = VolumeSelection.of(instance(45), Map.of(), DATA_ONLY);

    assertThat(selection.included()).hasSize(45);
    assertThat(selection.invalid()).isEmpty();
  }

  @Test
  void moreExclusionsThanCreateSnapshotsTakesAreRefusedBeforeAnythingIsFrozen() {
    Volumes policy = new Volumes(true, List.of(TagSelector.parse("scratch=yes")));
    InstanceFacts instance = instance(45);
    Map<VolumeId, Map<String, String>> tags =
        instance.volumes().stream()
            .skip(2)
            .collect(Collectors.toMap(volume -> volume, volume -> Map.of("scratch", "yes")));

    assertThat(VolumeSelection.of(instance, tags, policy).invalid())
        .contains("44 data volumes are to be left out, CreateSnapshots takes at most 40");
  }
}
