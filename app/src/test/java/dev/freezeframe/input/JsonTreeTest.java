package dev.freezeframe.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.input.Content.Kind;
import dev.freezeframe.input.FieldTypes.Choice;
import dev.freezeframe.input.FieldTypes.WholeNumber;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTreeTest {

  private static Entry parse(String text) {
    return JsonTree.parse("a.json", text, "an object");
  }

  @Test
  void aValueIsReachedByItsPath() {
    Entry entry = parse("{\"a\": [{\"b\": 7}]}").member("a").items().get(0).member("b");

    assertThat(entry.path()).isEqualTo("a[0].b");
    assertThat(new WholeNumber(1, 9).read(entry)).contains(7);
  }

  @Test
  void whatIsNullOrMissingIsUnset() {
    Entry root = parse("{\"a\": null, \"b\": 1}");

    assertThat(root.member("a").is(Kind.UNSET)).isTrue();
    assertThat(root.member("c").is(Kind.UNSET)).isTrue();
    assertThat(root.member("b").member("c").is(Kind.UNSET)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~~               | a.json: the file is empty, expected an object
          {"a": 1, "a": 2} | a.json: the file is not JSON (line 1, column 13: Duplicate field 'a'), expected an object
          {} {}            | a.json: the file is not JSON (line 1, column 4: Trailing token
          {"a":            | a.json: the file is not JSON (line 1,
          """)
  void whatIsNoJsonIsRefusedInOneSentence(String text, String sentence) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(sentence)
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}               | a is missing
          {"a": null}      | a is empty
          {"a": {}}        | a is an object
          {"a": []}        | a is a list
          {"a": true}      | a is true
          {"a": 1.5}       | a is 1.5
          {"a": "x\\u001b"} | a is 'x\\u001b'
          """)
  void aRefusalSaysWhatStandsThere(String text, String found) {
    assertThat(parse(text).member("a").refusal("something else"))
        .hasMessage("a.json: %s, expected something else", found);
  }

  @Test
  void allThatIsNotedOfOneFileIsRaisedAtOnce() {
    Entry root = parse("{\"a\": 10, \"b\": \"x\"}");
    WholeNumber digit = new WholeNumber(1, 9);
    digit.read(root.member("a"));
    digit.read(root.member("b"));

    assertThatThrownBy(root.faults()::raise)
        .hasMessage(
            "a.json: a is 10, expected 1..9\na.json: b is 'x', expected a whole number 1..9");
  }

  @Test
  void ofAFewWordsAllAreToldAndOfManyTheNearest() {
    Choice<String> few = new Choice<>(List.of("on", "off"), word -> word);
    Choice<String> many =
        new Choice<>(List.of("one", "two", "three", "four", "five", "six"), word -> word);
    Entry root = parse("{\"a\": \"on\", \"b\": \"thre\"}");

    assertThat(few.read(root.member("a"))).contains("on");
    assertThat(few.read(root.member("b"))).isEmpty();
    assertThat(many.read(root.member("b"))).isEmpty();
    assertThatThrownBy(root.faults()::raise)
        .hasMessage("a.json: b is 'thre', expected on or off\na.json: b is 'thre', expected three");
  }
}
