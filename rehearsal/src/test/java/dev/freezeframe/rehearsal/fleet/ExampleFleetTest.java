package dev.freezeframe.rehearsal.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.cloud.Stage;
import dev.freezeframe.rehearsal.faults.FaultPlan;
import dev.freezeframe.rehearsal.faults.FaultsReader;
import dev.freezeframe.rehearsal.faults.KnownNames;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;

class ExampleFleetTest {
  private final Fleet fleet = ExampleFleet.read(new Seed(1));
  private final Map<String, Instance> byName =
      fleet.instances().stream().collect(Collectors.toMap(ExampleFleetTest::name, i -> i));

  @Test
  void itHasADozenInstancesOfWhichOneIsNotSelected() {
    assertThat(fleet.instances()).hasSize(12);
    assertThat(fleet.instances())
        .filteredOn(
            instance -> instance.tags().stream().noneMatch(tag -> tag.key().equals("snapshot")))
        .extracting(ExampleFleetTest::name)
        .containsExactly("sandbox");
  }

  @Test
  void everyVolumeIsDescribed() {
    Set<String> mapped =
        fleet.instances().stream()
            .flatMap(instance -> instance.blockDeviceMappings().stream())
            .map(mapping -> mapping.ebs().volumeId())
            .collect(Collectors.toSet());

    assertThat(fleet.volumes())
        .allMatch(volume -> mapped.contains(volume.volumeId()))
        .allMatch(volume -> !volume.tags().isEmpty())
        .hasSameSizeAs(mapped);
  }

  @Test
  void itsFaultsAreThoseOfItsInstances() {
    Set<String> ids =
        fleet.instances().stream().map(Instance::instanceId).collect(Collectors.toSet());
    try (Stage stage = new Stage()) {
      KnownNames names = new KnownNames(ids, Set.of(), Set.of());
      FaultPlan plan =
          new FaultPlan(
              new FaultsReader(names, stage.time.instant()).example(), new Seed(1), stage.time);

      assertThat(plan.script(id("queue-1"), "pre-script")).isEqualTo(new ScriptBehavior.Exits(201));
      assertThat(plan.script(id("queue-1"), "pre-script")).isEqualTo(ScriptBehavior.GOOD);
      assertThat(plan.script(id("legacy-erp"), "pre-script"))
          .isEqualTo(new ScriptBehavior.Exits(201));
      assertThat(plan.script(id("legacy-erp"), "pre-script"))
          .isEqualTo(new ScriptBehavior.Exits(201));
      assertThat(plan.offline(id("edge-1"))).isTrue();
      assertThat(plan.fate(id("archive")).slowest()).contains(Duration.ofHours(6));
      assertThat(plan.fate(id("ledger-db")).lost()).isTrue();
      assertThat(plan.fate(id("web-1")).lost()).isFalse();
    }
  }

  private String id(String name) {
    return byName.get(name).instanceId();
  }

  private static String name(Instance instance) {
    return instance.tags().stream()
        .filter(tag -> tag.key().equals("Name"))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
