package dev.freezeframe.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.policy.schedule.FiringTimes;
import dev.freezeframe.policy.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies that people copy. */
class PolicyExamplesTest {

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(Golden.inRepository("policies"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleReadsAndSaysWhatItIsFor(Path file) throws IOException {
    assertThat(new PolicyReader().read(file).enabled()).isTrue();
    assertThat(Files.readAllLines(file)).first().asString().startsWith("# ");
  }

  @Test
  void theDefaultIsTheExampleOfTheRehearsal() {
    Policy policy = new PolicyReader().read(Golden.inRepository("policies/default.yaml"));
    Scripts scripts = policy.scripts().orElseThrow();

    assertThat(policy.name()).isEqualTo(new PolicyName("daily"));
    assertThat(policy.targets()).containsExactly(TagSelector.parse("snapshot=snapshot"));
    assertThat(policy.volumes().excludeBoot()).isTrue();
    assertThat(scripts.document()).isEqualTo("freezeframe-filesystem");
    assertThat(scripts.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(scripts.retries()).isEqualTo(1);
    assertThat(policy.retention().days()).isEqualTo(OptionalInt.of(14));
  }

  /** A user keeps the hour and writes his own zone: no zone may skip it when its clocks change. */
  @Test
  void theDefaultFiresOnEachDayInEveryTimeZone() {
    Schedule schedule =
        new PolicyReader().read(Golden.inRepository("policies/default.yaml")).schedule();
    Instant from = Instant.parse("2027-01-01T00:00:00Z");
    Instant to = Instant.parse("2028-01-01T00:00:00Z");
    Map<ZoneRules, ZoneId> zones = new HashMap<>();
    ZoneId.getAvailableZoneIds().stream()
        .filter(zone -> !zone.startsWith("SystemV/")) // Java's own, none of IANA's
        .forEach(zone -> zones.put(ZoneId.of(zone).getRules(), ZoneId.of(zone)));
    zones.values().removeIf(zone -> zone.getRules().nextTransition(from) == null);

    for (ZoneId zone : zones.values()) {
      List<Instant> firings =
          FiringTimes.between(
              new Schedule(schedule.expression(), zone, schedule.flexibleWindow()), from, to, from);
      assertThat(firings).as(zone.getId()).hasSizeGreaterThanOrEqualTo(364);
      for (int i = 1; i < firings.size(); i++) {
        assertThat(Duration.between(firings.get(i - 1), firings.get(i)))
            .as(zone.getId())
            .isLessThanOrEqualTo(Duration.ofHours(26));
      }
    }
  }

  @Test
  void noTwoExamplesShareAName() throws IOException {
    assertThat(examples())
        .extracting(file -> new PolicyReader().read(file).name())
        .doesNotHaveDuplicates();
  }
}
