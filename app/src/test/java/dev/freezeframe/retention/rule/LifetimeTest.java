package dev.freezeframe.retention.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.policy.Retention;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifetimeTest {
  private static final Instant TAKEN = Instant.parse("2026-11-22T02:00:04.500Z");

  private static Retention days(OptionalInt days) {
    return new Retention(days, OptionalInt.empty(), Optional.empty(), "snaplifetime");
  }

  @Test
  void anAgeIsWholeDaysFromThePointInTimeAndNotRounded() {
    assertThat(Lifetime.of(days(OptionalInt.of(14)), Map.of()).expiry(TAKEN))
        .contains(Instant.parse("2026-12-06T02:00:04.500Z"));
  }

  @Test
  void theInstanceTagOverridesThePolicyAndIsNamed() {
    Lifetime lifetime = Lifetime.of(days(OptionalInt.of(14)), Map.of("snaplifetime", "2"));

    assertThat(lifetime.expiry(TAKEN)).contains(Instant.parse("2026-11-24T02:00:04.500Z"));
    assertThat(lifetime.reason()).isEqualTo("the instance tag snaplifetime says 2 days");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "two", "2.5", "36501", "999999", "1e3"})
  void aTagThatIsNoNumberOfDaysIsNotGuessedAt(String tag) {
    Lifetime lifetime = Lifetime.of(days(OptionalInt.of(14)), Map.of("snaplifetime", tag));

    assertThat(lifetime.days()).hasValue(14);
    assertThat(lifetime.reason())
        .isEqualTo(
            "the policy says 14 days; the instance tag snaplifetime is '%s',".formatted(tag)
                + " expected days from 1 to 36500");
  }

  @Test
  void unsetIsNotZero() {
    assertThat(Lifetime.of(days(OptionalInt.empty()), Map.of()).expiry(TAKEN)).isEmpty();
  }
}
