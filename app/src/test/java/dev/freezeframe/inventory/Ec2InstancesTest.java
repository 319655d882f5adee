package dev.freezeframe.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.Instances.Page;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.restore.AttachedVolume;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.task.KnownEc2;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

class Ec2InstancesTest {
  private final KnownEc2 ec2 = new KnownEc2();
  private final Ec2Instances instances = new Ec2Instances(ec2);

  private static InstanceId id(int number) {
    return new InstanceId("i-%017x".formatted(number));
  }

  private static Instance.Builder instance(int number) {
    return Instance.builder()
        .instanceId(id(number).value())
        .state(state -> state.name("running"))
        .rootDeviceName("/dev/xvda");
  }

  private static InstanceBlockDeviceMapping mapping(String device, int volume) {
    return InstanceBlockDeviceMapping.builder()
        .deviceName(device)
        .ebs(ebs -> ebs.volumeId("vol-%017x".formatted(volume)))
        .build();
  }

  private Page select(Optional<String> token, int size) {
    return instances.select(List.of(TagSelector.parse("a=1")), token, size);
  }

  /** Filters of different names are ANDed, and a backslash escapes wildcards. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a=1      | tag:a: [1]
          a=1 a=2  | tag:a: [1, 2]
          a        | tag-key: [a]
          a=1 b=2  | tag-key: [a, b]
          a=1 a    | tag-key: [a]
          a=1\\2    | tag-key: [a]
          """)
  void oneFilterLetsThroughEveryInstanceThatMatches(String targets, String filter) {
    instances.select(
        Stream.of(targets.split(" ", -1)).map(TagSelector::parse).toList(), Optional.empty(), 500);

    assertThat(ec2.asked.filters())
        .singleElement()
        .satisfies(
            asked ->
                assertThat("%s: %s".formatted(asked.name(), asked.values())).isEqualTo(filter));
  }

  @Test
  void aPageThatIsLargerThanAskedForIsCutAndItsRestIsAskedForAgain() {
    IntStream.of(3, 1, 5, 2, 4).forEach(number -> ec2.instances.add(instance(number).build()));

    Page first = select(Optional.empty(), 3);
    Page second = select(first.next(), 3);

    assertThat(first.instances())
        .extracting(InstanceFacts::id)
        .containsExactly(id(1), id(2), id(3));
    assertThat(second.instances()).extracting(InstanceFacts::id).containsExactly(id(4), id(5));
    assertThat(second.next()).isEmpty();
  }

  @Test
  void theBootVolumeIsThatOfTheRootDevice() {
    ec2.instances.add(
        instance(1)
            .blockDeviceMappings(
                mapping("/dev/sdf", 2),
                mapping("/dev/xvda", 1),
                InstanceBlockDeviceMapping.builder().deviceName("/dev/sdb").build())
            .tags(Tag.builder().key("a").build())
            .build());

    InstanceFacts facts = instances.find(id(1)).orElseThrow();

    assertThat(facts.bootVolume()).contains(new VolumeId("vol-%017x".formatted(1)));
    assertThat(facts.volumes()).hasSize(2);
    assertThat(facts.tags()).containsEntry("a", "");
    assertThat(facts.hibernation()).isFalse();
  }

  /** EC2 leaves members out, and gives empty texts for some. */
  @Test
  void whatEc2DoesNotSayIsEmptyAndNotADefault() {
    ec2.instances.add(
        instance(1)
            .rootDeviceName(null)
            .keyName("")
            .placement(placement -> placement.groupName(""))
            .metadataOptions(options -> {})
            .iamInstanceProfile(profile -> {})
            .hibernationOptions(options -> {})
            .tags(Tag.builder().build())
            .blockDeviceMappings(
                InstanceBlockDeviceMapping.builder().build(),
                InstanceBlockDeviceMapping.builder()
                    .ebs(ebs -> ebs.volumeId("vol-%017x".formatted(1)))
                    .build())
            .build());
    ec2.volumes.add(
        Volume.builder()
            .volumeId("vol-%017x".formatted(1))
            .attachments(VolumeAttachment.builder().build())
            .build());

    InstanceFacts facts = instances.find(id(1)).orElseThrow();

    InstanceSettings nothing = InstanceSettings.unknown();
    assertThat(facts.settings().placement())
        .contains(
            new InstanceSettings.Placement(Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(facts.settings().metadata())
        .contains(
            new InstanceSettings.Metadata(Optional.empty(), Optional.empty(), 0, Optional.empty()));
    assertThat(facts.settings().keyName()).isEmpty();
    assertThat(facts.settings().profile()).isEmpty();
    assertThat(facts.settings().tags()).isEmpty();
    assertThat(facts.settings().enaSupport()).isEqualTo(nothing.enaSupport());
    assertThat(facts.settings(facts.volumes(), instances.volumes(id(1))))
        .containsExactly(AttachedVolume.unknown(new VolumeId("vol-%017x".formatted(1))));
  }

  @Test
  void anInstanceThatEc2DoesNotShowIsGone() {
    assertThat(instances.find(id(1))).isEmpty();
  }

  @Test
  void aVolumeIsElsewhereWhereAnotherInstanceHasItAndMayWrite() {
    ec2.volumes.add(
        Volume.builder()
            .volumeId("vol-%017x".formatted(1))
            .attachments(
                VolumeAttachment.builder().instanceId(id(1).value()).state("attached").build(),
                VolumeAttachment.builder().instanceId(id(2).value()).state("detaching").build(),
                VolumeAttachment.builder().instanceId(id(3).value()).state("detached").build())
            .build());

    assertThat(instances.volumes(id(1)).values())
        .singleElement()
        .satisfies(volume -> assertThat(volume.elsewhere()).containsExactly(id(2)));
  }
}
