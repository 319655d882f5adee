package dev.freezeframe.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
  private static final List<String> KNOWN = List.of("at", "do", "document", "instance", "times");

  @ParameterizedTest
  @CsvSource({
    "instanse, instance",
    "Instance, instance",
    "documnet, document",
    "time, times",
    "dop, do",
    "ad, at"
  })
  void aMisspeltWordIsTakenForTheKnownOneWithTheFewestLettersToChange(String word, String meant) {
    assertThat(DidYouMean.to(word, KNOWN)).contains(meant);
  }

  @Test
  void aWordWithMoreThanAThirdWrongIsTakenForNone() {
    assertThat(DidYouMean.to("incident", KNOWN)).isEmpty();
    assertThat(DidYouMean.to("zzz", KNOWN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"documents, document", "Instance, instance", "dokumend, document"})
  void aWordOfAFewOtherLettersIsMistakenForTheKnownOne(String word, String known) {
    assertThat(DidYouMean.mistakenFor(word, KNOWN)).contains(known);
  }

  @ParameterizedTest
  @CsvSource({"document", "dokumend9", "unstamce9"})
  void theKnownOneItselfAndAnotherWordAreMistakenForNone(String word) {
    assertThat(DidYouMean.mistakenFor(word, KNOWN)).isEmpty();
  }

  @Test
  void ofTwoThatAreEquallyNearItIsTheFirstInOrder() {
    assertThat(DidYouMean.to("cat", List.of("hat", "bat"))).contains("bat");
  }

  @Test
  void aWordLongerThanAnyThatIsKnownIsNotCompared() {
    assertThat(DidYouMean.to("a".repeat(65), List.of("a".repeat(64)))).isEmpty();
  }
}
