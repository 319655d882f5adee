package dev.freezeframe.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each field of each task's input is left out, is null, or is of another kind. */
class RefusedInputTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What only Jackson would say. */
  private static final List<String> FOREIGN_WORDS =
      List.of("creator", "deserialize", "(index", "`", "Jackson", "Enum class", "not a valid");

  /** Their inputs are events, whose envelope is the library's. */
  private static final Set<String> EVENT_TASKS =
      Set.of("ApplySnapshotEvent", "RecordAbandoned", "ThawAbandoned");

  static Set<String> tasks() {
    Set<String> tasks = new TreeSet<>(Task.byName().keySet());
    tasks.removeAll(EVENT_TASKS);
    return tasks;
  }

  /** The sentence of a refusal; empty: the input was taken for one of this task. */
  private static Optional<String> refusal(String task, JsonNode input) throws IOException {
    try {
      Task.of(task)
          .in(new NoAws())
          .handleRequest(
              new ByteArrayInputStream(input.toString().getBytes(StandardCharsets.UTF_8)),
              new ByteArrayOutputStream(),
              new TestContext());
      return Optional.empty();
    } catch (InputRefusedException refused) {
      return Optional.of(refused.getMessage());
    } catch (UnsupportedOperationException | IllegalStateException actsByIt) {
      return Optional.empty();
    } catch (RuntimeException acted) {
      assertThat(acted)
          .as("%s, given %s", task, input)
          .isNotInstanceOf(IllegalArgumentException.class)
          .isNotInstanceOf(NullPointerException.class);
      assertThat(acted.getClass().getName()).startsWith("dev.freezeframe.");
      return Optional.empty();
    }
  }

  /** A field, by the objects and lists that lead to it. */
  private record Place(List<Object> steps) {
    Place then(Object step) {
      List<Object> longer = new ArrayList<>(steps);
      longer.add(step);
      return new Place(longer);
    }

    JsonNode in(JsonNode root) {
      JsonNode node = root;
      for (Object step : steps) {
        node = step instanceof Integer index ? node.get(index) : node.get((String) step);
      }
      return node;
    }

    /** Puts a value in its place; null: takes it out. */
    JsonNode replaced(JsonNode root, JsonNode value) {
      JsonNode copy = root.deepCopy();
      JsonNode parent = new Place(steps.subList(0, steps.size() - 1)).in(copy);
      Object last = steps.get(steps.size() - 1);
      if (parent instanceof ArrayNode array) {
        array.set((Integer) last, value == null ? JSON.nullNode() : value);
      } else if (value == null) {
        ((ObjectNode) parent).remove((String) last);
      } else {
        ((ObjectNode) parent).set((String) last, value);
      }
      return copy;
    }

    @Override
    public String toString() {
      StringBuilder path = new StringBuilder();
      for (Object step : steps) {
        path.append(step instanceof Integer ? "[" + step + "]" : "." + step);
      }
      return path.substring(1);
    }
  }

  private static void collect(JsonNode node, Place place, List<Place> places) {
    if (!place.steps().isEmpty()) {
      places.add(place);
    }
    if (node.isObject()) {
      node.properties()
          .forEach(field -> collect(field.getValue(), place.then(field.getKey()), places));
    }
    for (int index = 0; node.isArray() && index < node.size(); index++) {
      collect(node.get(index), place.then(index), places);
    }
  }

  private static JsonNode ofAnotherKind(JsonNode node) {
    return node.isTextual() || node.isContainerNode() ? JSON.numberNode(7) : JSON.objectNode();
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aFieldThatIsMissingNullOrOfAnotherKindIsNamedWithWhatWasExpected(String task)
      throws IOException {
    JsonNode whole = Inputs.all().get(task);
    List<Place> places = new ArrayList<>();
    collect(whole, new Place(List.of()), places);
    int refused = 0;
    for (Place place : places) {
      List<JsonNode> values = new ArrayList<>();
      values.add(null);
      values.add(JSON.nullNode());
      values.add(ofAnotherKind(place.in(whole)));
      for (JsonNode value : values) {
        Optional<String> sentence = refusal(task, place.replaced(whole, value));
        refused += sentence.isPresent() ? 1 : 0;
        sentence.ifPresent(
            words ->
                assertThat(words)
                    .as("%s, given %s for %s", task, value, place)
                    .containsPattern(
                        words.startsWith("input of ") ? Pattern.quote(place + " is ") : "")
                    .matches("(?s).* is .+, expected .+")
                    .doesNotContain(FOREIGN_WORDS));
      }
    }
    assertThat(refused).isGreaterThanOrEqualTo(places.size() / 2);
  }

  @Test
  void whatAnOperatorGetsWrongIsToldLikeAFaultOfAPolicy() throws IOException {
    ObjectNode input =
        Inputs.object("{\"execution\": \"e\", \"instanceId\": \"i-0123456789abcdef0\"}");
    input.set(
        "work",
        Inputs.object(
            """
            {"runId": "daily-20261122T020000Z", "policy": {},
             "attempt": {"number": 1, "scriptFailures": 0, "refusals": 0}}
            """));

    assertThat(refusal("InspectInstance", input))
        .contains("input of InspectInstance: work.policy.name is missing, expected text");

    ObjectNode limit =
        Inputs.object("{\"execution\": \"e\", \"work\": {\"limit\": {\"share\": 7}}}");
    assertThat(refusal("PlanExpiry", limit))
        .contains("input of PlanExpiry: work.limit.share is 7.0, expected above 0 and up to 1");
  }

  @Test
  void anInputThatIsNoObjectAtAllIsNamedToo() throws IOException {
    for (String task : Task.byName().keySet()) {
      assertThat(refusal(task, JSON.arrayNode()))
          .hasValueSatisfying(
              words ->
                  assertThat(words)
                      .startsWith("input of %s: the input is an empty list".formatted(task)));
    }
  }
}
