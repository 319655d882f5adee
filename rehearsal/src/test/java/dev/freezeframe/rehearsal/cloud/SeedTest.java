package dev.freezeframe.rehearsal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeedTest {

  @Test
  void aPurposeAlwaysGivesTheSame() {
    assertThat(new Seed(1).hex("a", 16)).isEqualTo(new Seed(1).hex("a", 16)).hasSize(16);
    assertThat(new Seed(1).uuid("a")).isEqualTo(new Seed(1).uuid("a"));
  }

  @Test
  void anotherPurposeOrSeedGivesAnother() {
    assertThat(new Seed(1).hex("a", 16)).isNotEqualTo(new Seed(1).hex("b", 16));
    assertThat(new Seed(1).hex("a", 16)).isNotEqualTo(new Seed(2).hex("a", 16));
  }

  @Test
  void idsAreRandomUuids() {
    assertThat(new Seed(1).uuid("a").version()).isEqualTo(4);
    assertThat(new Seed(1).uuid("a").variant()).isEqualTo(2);
  }

  @Test
  void durationsLieBetweenTheirBounds() {
    for (int i = 0; i < 100; i++) {
      assertThat(new Seed(1).between("d" + i, Duration.ofMillis(200), Duration.ofMillis(500)))
          .isBetween(Duration.ofMillis(200), Duration.ofMillis(499));
    }
  }
}
