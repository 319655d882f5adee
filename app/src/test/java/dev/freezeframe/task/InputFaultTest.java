package dev.freezeframe.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of an order of its own; what it makes of the tasks' inputs is {@code RefusedInputTest}'s. */
class InputFaultTest {
  /** With a field of each kind. */
  record Order(
      InstanceId instance,
      int number,
      boolean apply,
      Duration pause,
      Instant at,
      ZoneId zone,
      Colour colour,
      List<Line> lines,
      Map<String, Integer> counts,
      Optional<Line> last) {}

  record Line(String text, long size) {
    Line {
      if (size < 1) {
        throw new IllegalArgumentException("size is %d, expected 1 or more".formatted(size));
      }
    }
  }

  enum Colour {
    RED,
    GREEN
  }

  private static final String VALID =
      """
      {"instance": "i-0123456789abcdef0", "number": 1, "apply": true, "pause": "PT5S",
       "at": "2026-11-22T02:00:00Z", "zone": "Europe/Berlin", "colour": "RED",
       "lines": [{"text": "one", "size": 1}, {"text": "two", "size": 2}], "counts": {"a": 1}}
      """;

  private static String sentence(String input) throws IOException {
    ObjectReader reader =
        Json.mapper()
            .readerFor(Order.class)
            .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
    JsonMappingException refused =
        catchThrowableOfType(JsonMappingException.class, () -> reader.readValue(input));
    assertThat(refused).as(input).isNotNull();
    JsonNode tree = Json.mapper().readTree(input);
    return InputFault.sentence(tree, reader.getValueType(), refused);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"i-0123456789abcdef0\" | \"x\" | instance is 'x', expected i- and 8 to 17 hexadecimal"
            + " digits",
        "\"i-0123456789abcdef0\" | 7 | instance is 7, expected text",
        "\"number\": 1 | \"number\": 1.5 | number is 1.5, expected a whole number of 32 bits",
        ", \"size\": 2 | ~~ | lines[1].size is missing, expected a whole number of 64 bits",
        "\"apply\": true | \"apply\": \"true\" | apply is 'true', expected true or false",
        "\"PT5S\" | \"5s\" | pause is '5s', expected a duration such as PT30S",
        "\"2026-11-22T02:00:00Z\" | \"soon\" | at is 'soon', expected a time such as"
            + " 2026-11-22T02:00:00Z",
        "\"Europe/Berlin\" | \"Berlin\" | zone is 'Berlin', expected a time zone such as"
            + " Europe/Berlin",
        "\"RED\" | \"BLUE\" | colour is 'BLUE', expected one of RED, GREEN",
        "\"size\": 2 | \"size\": 0 | lines[1].size is 0, expected 1 or more",
        "\"text\": \"two\" | \"text\": {} | lines[1].text is an empty object, expected text",
        "{\"text\": \"two\", \"size\": 2} | null | lines[1] is null, expected an object",
        "{\"a\": 1} | {\"a\": [1]} | counts.a is a list, expected a whole number of 32 bits",
        "{\"a\": 1} | [] | counts is an empty list, expected an object",
        "\"counts\": | \"last\": 7, \"counts\": | last is 7, expected an object"
      })
  void theFirstPlaceThatIsWrongIsNamedWithWhatItIsAndWhatWasExpected(
      String part, String other, String sentence) throws IOException {
    assertThat(VALID).contains(part);

    assertThat(sentence(VALID.replace(part, other))).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource({"[], an empty list", "7, 7", "'{}', missing"})
  void whatIsNoOrderAtAllIsNamedToo(String input, String found) throws IOException {
    assertThat(sentence(input))
        .matches("(the input|instance) is \\Q%s\\E, expected (an object|text)".formatted(found));
  }
}
