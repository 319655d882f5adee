package dev.freezeframe.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagAllowanceTest {
  private static final InstanceId INSTANCE = new InstanceId("i-0123456789abcdef0");
  private static final Instant TWO = Instant.parse("2026-11-22T02:00:00Z");

  private static SortedMap<String, Map<String, String>> tags(Map<String, Map<String, String>> of) {
    return new TreeMap<>(of);
  }

  @Test
  void allAreKeptWhereThereIsRoomHoweverTheyAreSpread() {
    SortedMap<String, Map<String, String>> tags =
        tags(Map.of("one", Map.of("a", "x".repeat(80)), "two", Map.of()));

    TagAllowance kept = TagAllowance.of(tags, 100);

    assertThat(kept.kept()).isEqualTo(tags);
    assertThat(kept.leftOut()).isEmpty();
  }

  @Test
  void elseEachResourceHasAnEqualShareAndKeepsWholeTagsThoseOfAwsLast() {
    Map<String, String> many = Map.of("aws:a", "1", "b", "2".repeat(200), "c", "3", "d", "4");

    TagAllowance kept = TagAllowance.of(tags(Map.of("one", many, "two", Map.of("e", "5"))), 40);

    assertThat(kept.of("one")).isEqualTo(Map.of("c", "3", "d", "4"));
    assertThat(kept.of("two")).isEqualTo(Map.of("e", "5"));
    assertThat(kept.leftOut()).isEqualTo(Map.of("one", 2));
  }

  @Test
  void nothingHasNoShare() {
    assertThat(TagAllowance.of(new TreeMap<>(), 0).leftOut()).isEmpty();
  }

  /** Text is no longer in an item or an event than it was reckoned with. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "\u0000", "\"", "\\", "\u00e4", "\u20ac", "\ud83d\ude00"})
  void theLargestSetFitsWhateverItsTagsAreMadeOf(String character) {
    Map<String, String> tags =
        IntStream.range(0, 50)
            .boxed()
            .collect(
                Collectors.toMap(
                    number -> "%02d".formatted(number) + character.repeat(126),
                    number -> character.repeat(256)));
    InspectedInstance inspected =
        InspectedInstance.of(
            RunId.of(new PolicyName("p".repeat(40)), TWO),
            INSTANCE,
            TWO,
            Optional.of(Settings.instance(tags)),
            IntStream.rangeClosed(1, 128)
                .mapToObj(number -> Settings.volume(number, "/dev/" + "x".repeat(35), tags))
                .toList());
    RestoreFacts facts =
        inspected.facts(
            AttemptId.of("execution", 1),
            IntStream.rangeClosed(1, 128)
                .boxed()
                .collect(
                    Collectors.toMap(
                        number -> new SnapshotId("snap-%017x".formatted(number)),
                        Settings::volumeId)));

    assertThat(bytes(inspected)).as("DynamoDB takes 400 KB").isLessThan(390_000);
    assertThat(bytes(facts)).as("DynamoDB takes 400 KB").isLessThan(390_000);
    assertThat(bytes(facts.forEvent())).as("an event has 256 KB").isLessThan(110_000);
    assertThat(facts.forEvent().volumes()).hasSize(128);
    assertThat(facts.forEvent().settings().orElseThrow().tags()).hasSizeLessThan(50);
    assertThat(facts.forEvent().tagsLeftOut().get(INSTANCE.value()))
        .isEqualTo(50 - facts.forEvent().settings().orElseThrow().tags().size());
  }

  private static int bytes(Object value) {
    try {
      return Json.mapper().writeValueAsString(value).getBytes(StandardCharsets.UTF_8).length;
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
