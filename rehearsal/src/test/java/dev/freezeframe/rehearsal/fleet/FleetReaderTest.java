package dev.freezeframe.rehearsal.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.input.InvalidInputException;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.instance.InstanceAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Volume;

class FleetReaderTest {
  private static final String ONE =
      """
      {"Reservations": [{"ReservationId": "r-1", "Instances": [{
        "InstanceId": "i-0123456789abcdef0",
        "InstanceType": "m7g.large",
        "LaunchTime": "2025-03-01T09:12:10+00:00",
        "State": {"Code": 80, "Name": "stopped"},
        "EbsOptimized": true,
        "NewerThanThisSdk": {"Anything": [1, 2]},
        "RootDeviceName": "/dev/xvda",
        "HibernationOptions": {"Configured": false},
        "BlockDeviceMappings": [
          {"DeviceName": "/dev/xvda",
           "Ebs": {"VolumeId": "vol-0123456789abcdef0", "DeleteOnTermination": true}},
          {"DeviceName": "/dev/sdf", "Ebs": {"VolumeId": "vol-0123456789abcdef1"}}],
        "Tags": [{"Key": "snapshot", "Value": "snapshot"}]
      }]}]}
      """;

  @Test
  void whatTheCliPrintsBecomesWhatTheSdkHas() {
    Instance instance = read(ONE).instances().get(0);

    assertThat(instance.instanceId()).isEqualTo("i-0123456789abcdef0");
    assertThat(instance.instanceTypeAsString()).isEqualTo("m7g.large");
    assertThat(instance.launchTime()).isEqualTo(Instant.parse("2025-03-01T09:12:10Z"));
    assertThat(instance.state().nameAsString()).isEqualTo("stopped");
    assertThat(instance.state().code()).isEqualTo(80);
    assertThat(instance.ebsOptimized()).isTrue();
    assertThat(instance.hibernationOptions().configured()).isFalse();
    assertThat(instance.blockDeviceMappings().get(1).ebs().volumeId())
        .isEqualTo("vol-0123456789abcdef1");
    assertThat(instance.tags().get(0).value()).isEqualTo("snapshot");
  }

  @Test
  void whatDescribeInstanceAttributePrintsMayStandBesideIt() {
    String told =
        ONE.replace(
            "\"EbsOptimized\"",
            """
            "DisableApiStop": {"Value": true},
            "InstanceInitiatedShutdownBehavior": {"Value": "terminate"},
            "EbsOptimized\"""");
    Fleet fleet = read(told);

    assertThat(read(ONE).attributes("i-0123456789abcdef0")).isEqualTo(InstanceAttributes.DEFAULTS);
    assertThat(fleet.attributes("i-0123456789abcdef0"))
        .isEqualTo(new InstanceAttributes(true, "terminate"));
    assertThat(read(FleetWriter.instances(fleet)).attributes()).isEqualTo(fleet.attributes());
  }

  @Test
  void anAttributeOfAnotherFormIsRefused() {
    assertThatThrownBy(() -> read(ONE.replace("\"EbsOptimized\": true", "\"DisableApiStop\": 1")))
        .hasMessageContaining("DisableApiStop")
        .hasMessageContaining("{\"Value\": true}");
    assertThatThrownBy(
            () ->
                read(
                    ONE.replace(
                        "\"EbsOptimized\": true",
                        "\"InstanceInitiatedShutdownBehavior\": {\"Value\": \"reboot\"}")))
        .hasMessageContaining("InstanceInitiatedShutdownBehavior")
        .hasMessageContaining("{\"Value\": \"stop\"}");
  }

  @Test
  void volumesThatNobodyDescribesAreMadeUpFromTheSeed() {
    Fleet fleet = read(ONE);

    assertThat(fleet.volumes())
        .hasSize(2)
        .allSatisfy(
            volume -> {
              assertThat(volume.size()).isBetween(8, 100);
              assertThat(volume.volumeTypeAsString()).isEqualTo("gp3");
              assertThat(volume.attachments().get(0).instanceId()).isEqualTo("i-0123456789abcdef0");
            });
    assertThat(read(ONE)).isEqualTo(fleet);
  }

  @Test
  void describedVolumesStayAsTheyAre() {
    Fleet fleet =
        reader()
            .read(
                "f.json",
                ONE,
                "v.json",
                """
                {"Volumes": [{"VolumeId": "vol-0123456789abcdef1", "Size": 2000,
                  "VolumeType": "st1", "Attachments": [{"InstanceId": "i-0123456789abcdef0"}],
                  "Tags": [{"Key": "backup", "Value": "no"}]}]}
                """);

    assertThat(fleet.volumes())
        .extracting(Volume::volumeId)
        .containsExactly("vol-0123456789abcdef0", "vol-0123456789abcdef1");
    assertThat(fleet.volumes().get(1).size()).isEqualTo(2000);
    assertThat(fleet.volumes().get(1).attachments()).hasSize(1);
  }

  @Test
  void aVolumeOfTwoInstancesIsAttachedToBoth() {
    String second =
        ONE.replace("i-0123456789abcdef0", "i-0123456789abcdef1").replaceAll("\\s+$", "");
    String both = ONE.replaceAll("]}\\s*$", "") + "," + second.replace("{\"Reservations\": [", "");

    assertThat(read(both).volumes())
        .hasSize(2)
        .allMatch(volume -> volume.attachments().size() == 2);
  }

  @Test
  void anInstanceWithoutAStateRuns() {
    assertThat(
            read(ONE.replaceFirst("\"State\".*\n", "")).instances().get(0).state().nameAsString())
        .isEqualTo("running");
  }

  @Test
  void filesAreReadByTheirNames(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("fleet.json"), ONE);

    assertThat(reader().read(file, Optional.empty()).instances()).hasSize(1);
    assertThatThrownBy(() -> reader().read(folder.resolve("none.json"), Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith(
            "none.json: the file is missing, expected the JSON that aws ec2 describe-instances"
                + " prints");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Instances: none | f.json: the file is not JSON (line 1, column 1: Unrecognized token 'Instances': was expecting (JSON String, ...), expected the JSON that aws ec2 describe-instances prints
          [] | f.json: the file is a list, expected the JSON that aws ec2 describe-instances prints
          {"Volumes": []} | f.json: Reservations is missing, expected a list: the JSON that aws ec2 describe-instances prints
          {"Reservations": {}} | f.json: Reservations is an object, expected a list: the JSON that aws ec2 describe-instances prints
          {"Reservations": []} | f.json: Reservations is without an instance, expected at least one
          {"Reservations": [{}]} | f.json: Reservations[0].Instances is missing, expected a list of instances
          {"Reservations": [{"Instances": [7]}]} | f.json: Reservations[0].Instances[0] is 7, expected an object
          {"Reservations": [{"Instances": [{}]}]} | f.json: Reservations[0].Instances[0].InstanceId is missing, expected an instance id such as i-0123456789abcdef0
          {"Reservations": [{"Instances": [{"InstanceId": "web-1"}]}]} | f.json: Reservations[0].Instances[0].InstanceId is 'web-1', expected an instance id such as i-0123456789abcdef0
          {"Reservations": [{"Instances": [{"InstanceId": "i-0123456789abcdef0"}, {"InstanceId": "i-0123456789abcdef0"}]}]} | f.json: Reservations[0].Instances[1].InstanceId is 'i-0123456789abcdef0' again, expected each instance once
          {"Reservations": [{"Instances": [{"InstanceId": "i-0123456789abcdef0", "LaunchTime": "soon"}]}]} | f.json: Reservations[0].Instances[0].LaunchTime is 'soon', expected a time such as 2026-11-22T02:00:00+00:00
          {"Reservations": [{"Instances": [{"InstanceId": "i-0123456789abcdef0", "Tags": "none"}]}]} | f.json: Reservations[0].Instances[0].Tags is 'none', expected a list
          {"Reservations": [{"Instances": [{"InstanceId": "i-0123456789abcdef0", "BlockDeviceMappings": [{"Ebs": {}}]}]}]} | f.json: Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId is missing, expected a volume id such as vol-0123456789abcdef0
          """)
  void aWrongFileIsNamedInOneSentence(String text, String sentence) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(sentence);
  }

  @Test
  void aWrongFileOfVolumesIsNamedToo() {
    assertThatThrownBy(() -> reader().read("f.json", ONE, "v.json", ONE))
        .hasMessage(
            "v.json: Volumes is missing, expected a list: the JSON that aws ec2 describe-volumes"
                + " prints");
  }

  private static Fleet read(String text) {
    return reader().read("f.json", text);
  }

  private static FleetReader reader() {
    return new FleetReader(new Seed(1));
  }
}
