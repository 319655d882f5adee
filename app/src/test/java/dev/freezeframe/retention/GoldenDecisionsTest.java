package dev.freezeframe.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.policy.Retention.Tiers;
import dev.freezeframe.retention.rule.Decision;
import dev.freezeframe.retention.rule.Decisions;
import dev.freezeframe.retention.rule.SetFacts;
import dev.freezeframe.retention.rule.SetState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Groups of sets in, decisions with reasons out, as files: {@code NAME.in.json} and {@code
 * NAME.out.json}. {@code -Dgolden.update} writes the latter; the difference is then read by a
 * person.
 */
class GoldenDecisionsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("freezeframe.root"), "app/src/test/resources/retention");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .build();

  static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".in.json"))
          .map(name -> name.replace(".in.json", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theDecisionsAreThoseOfTheFile(String name) throws IOException {
    Scenario scenario = JSON.readValue(read(name + ".in.json"), Scenario.class);
    String decided =
        JSON.writer(
                    new DefaultPrettyPrinter()
                        .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                        .withArrayIndenter(new DefaultIndenter("  ", "\n")))
                .writeValueAsString(scenario.decide())
            + "\n";
    if (System.getProperty("golden.update") != null) {
      Files.writeString(FOLDER.resolve(name + ".out.json"), decided);
    }
    assertThat(decided).isEqualTo(read(name + ".out.json"));
  }

  private static String read(String file) throws IOException {
    return Files.readString(FOLDER.resolve(file));
  }

  /** What a file says of a group; a set without terms has those of the scenario. */
  record Scenario(String about, Instant now, Optional<GivenTerms> terms, List<GivenSet> sets) {

    List<Decided> decide() {
      Map<AttemptId, GivenSet> byId =
          sets.stream().collect(Collectors.toMap(GivenSet::id, Function.identity()));
      return Decisions.of(sets.stream().map(set -> set.facts(terms)).toList(), now).stream()
          .map(decision -> Decided.of(byId.get(decision.set()), decision))
          .toList();
    }
  }

  /** Terms, as far as a file gives them. */
  record GivenTerms(
      OptionalInt days,
      Optional<String> daysReason,
      OptionalInt count,
      Optional<Tiers> tiers,
      OptionalInt minimum,
      Optional<ZoneId> zone) {

    RetentionSettings terms() {
      return new RetentionSettings(
          days,
          daysReason.orElse(
              days.isPresent()
                  ? "the policy says %d days".formatted(days.getAsInt())
                  : "no age is set"),
          count,
          tiers,
          minimum.orElse(RetentionSettings.MIN),
          false,
          zone.orElse(ZoneOffset.UTC));
    }
  }

  /** A set of a file: completed and application-consistent unless it says otherwise. */
  record GivenSet(
      String set,
      Instant at,
      Optional<SetState> state,
      Optional<Consistency> consistency,
      Optional<Boolean> judged,
      Optional<GivenTerms> terms,
      Optional<String> heldBy,
      Optional<Boolean> drilled) {

    AttemptId id() {
      return Sets.id(set);
    }

    SetFacts facts(Optional<GivenTerms> common) {
      return new SetFacts(
          id(),
          at,
          state.orElse(SetState.COMPLETED),
          judged.orElse(true)
              ? consistency.or(() -> Optional.of(Consistency.APPLICATION))
              : Optional.empty(),
          terms.or(() -> common).map(GivenTerms::terms),
          heldBy.map(reason -> List.of(reason)).orElse(List.of()),
          drilled.orElse(false));
    }
  }

  /** A decision, with the name of its set. */
  record Decided(
      String set,
      Instant at,
      Decision.Action fate,
      String rule,
      List<String> reasons,
      Optional<Instant> reevaluateAt) {

    static Decided of(GivenSet set, Decision decision) {
      return new Decided(
          set.set(),
          set.at(),
          decision.fate(),
          decision.rule(),
          decision.reasons(),
          decision.reevaluateAt());
    }
  }
}
