package dev.freezeframe.rehearsal.ec2;

import static dev.freezeframe.rehearsal.ec2.api.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.cloud.Stage;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.ec2.snapshot.SetFault;
import dev.freezeframe.rehearsal.fleet.Fleets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Volume;

class DescribeTest {
  private final Stage stage = new Stage();
  private final EmbeddedEc2 ec2 =
      new EmbeddedEc2(
          stage.time,
          stage.seed,
          stage.api,
          Ec2Settings.DEFAULTS,
          Fleets.of(12, 2),
          SetFault.NONE,
          stage.events::add);

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void pagesComeUntilNoTokenIsLeft() {
    List<String> ids = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String token = null;
    do {
      String from = token;
      DescribeInstancesResponse page =
          stage.call(() -> ec2.describeInstances(r -> r.maxResults(5).nextToken(from)));
      sizes.add(page.reservations().size());
      page.reservations().forEach(reservation -> ids.add(id(reservation.instances().get(0))));
      token = page.nextToken();
    } while (token != null);

    assertThat(sizes).containsExactly(5, 5, 2);
    assertThat(ids).hasSize(12).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aPaginatorGoesThroughTheClientThatTriesAgain() {
    var pages = ec2.client(3).describeInstancesPaginator(r -> r.maxResults(5));

    assertThat(stage.call(() -> pages.reservations().stream().count())).isEqualTo(12);
    assertThat(stage.api.counts()).containsEntry("ec2:DescribeInstances", 3);
  }

  @Test
  void filtersAreAndedAndTheirValuesOred() {
    ec2.stop(Fleets.instanceId(1));
    ec2.stop(Fleets.instanceId(2));
    stage.pass(Duration.ofMinutes(2));

    assertThat(
            instances(
                filter("tag:snapshot", "snapshot", "other"),
                filter("instance-state-name", "stopped", "terminated"),
                filter("tag:Name", "server-2", "server-3")))
        .containsExactly(Fleets.instanceId(2));
  }

  @Test
  void aFilterValueMayHoldWildcards() {
    assertThat(instances(filter("tag:Name", "server-1?")))
        .containsExactly(Fleets.instanceId(10), Fleets.instanceId(11), Fleets.instanceId(12));
    assertThat(instances(filter("tag:Name", "s*-7"))).containsExactly(Fleets.instanceId(7));
    assertThat(instances(filter("tag:Name", "server-\\*"))).isEmpty();
  }

  @Test
  void tagsAreCaseSensitive() {
    assertThat(instances(filter("tag:Snapshot", "snapshot"))).isEmpty();
    assertThat(instances(filter("tag-key", "snapshot"))).hasSize(12);
  }

  @Test
  void anUnknownFilterIsRefused() {
    assertRefused("InvalidParameterValue", () -> instances(filter("colour", "red")));
  }

  @Test
  void anUnknownInstanceIsNotFound() {
    assertRefused(
        "InvalidInstanceID.NotFound",
        () -> stage.call(() -> ec2.describeInstances(r -> r.instanceIds("i-0123456789abcdef0"))));
  }

  @Test
  void idsAndMaxResultsExcludeEachOther() {
    assertRefused(
        "InvalidParameterCombination",
        () ->
            stage.call(
                () ->
                    ec2.describeInstances(
                        r -> r.instanceIds(Fleets.instanceId(1)).maxResults(10))));
  }

  @Test
  void volumesAreFoundByTheirInstance() {
    List<Volume> volumes =
        stage.call(
            () ->
                ec2.describeVolumes(
                        r -> r.filters(filter("attachment.instance-id", Fleets.instanceId(3))))
                    .volumes());

    assertThat(volumes)
        .extracting(Volume::volumeId)
        .containsExactly(Fleets.volumeId(3, 0), Fleets.volumeId(3, 1), Fleets.volumeId(3, 2));
  }

  @Test
  void aTerminatedInstanceLosesItsVolumesAndIsForgottenAfterAnHour() {
    ec2.terminate(Fleets.instanceId(1));

    Instance described =
        stage.call(
            () ->
                ec2.describeInstances(r -> r.instanceIds(Fleets.instanceId(1)))
                    .reservations()
                    .get(0)
                    .instances()
                    .get(0));
    assertThat(described.state().nameAsString()).isEqualTo("terminated");
    assertThat(described.blockDeviceMappings()).isEmpty();
    assertRefused(
        "InvalidVolume.NotFound",
        () -> stage.call(() -> ec2.describeVolumes(r -> r.volumeIds(Fleets.volumeId(1, 0)))));
    assertThat(
            stage
                .call(() -> ec2.describeVolumes(r -> r.volumeIds(Fleets.volumeId(1, 1))))
                .volumes()
                .get(0)
                .stateAsString())
        .isEqualTo("available");

    stage.pass(Duration.ofHours(1));
    assertRefused(
        "InvalidInstanceID.NotFound",
        () -> stage.call(() -> ec2.describeInstances(r -> r.instanceIds(Fleets.instanceId(1)))));
  }

  @Test
  void callsWithoutFilterAndPaginationHaveALowerRate() {
    stage.call(
        () -> {
          for (int i = 0; i < 100; i++) {
            // 80 ms a call: 12.5 a second, over 10 but under 20
            ec2.describeInstances(r -> r.maxResults(5));
          }
          return null;
        });

    assertRefused(
        "RequestLimitExceeded",
        () ->
            stage.call(
                () -> {
                  for (int i = 0; i < 300; i++) {
                    ec2.describeInstances(DescribeInstancesRequest.builder().build());
                  }
                  return null;
                }));
  }

  private List<String> instances(Filter... filters) {
    return stage.call(
        () ->
            ec2.describeInstances(r -> r.filters(filters)).reservations().stream()
                .map(reservation -> id(reservation.instances().get(0)))
                .toList());
  }

  private static String id(Instance instance) {
    return instance.instanceId();
  }

  private static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }
}
