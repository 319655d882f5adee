package dev.freezeframe.rehearsal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.documents.SsmDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentSchemaTest {
  private static final String HEAD = "schemaVersion: '2.2'\n";
  private static final String STEPS =
      "mainSteps:\n- {action: 'aws:runShellScript', name: x, inputs: {runCommand: ['true']}}\n";

  private static void check(String text) {
    DocumentSchema.check(DocumentText.parse(text));
  }

  @ParameterizedTest
  @EnumSource(SsmDocument.class)
  void everyDocumentOfOursIsTaken(SsmDocument document) {
    assertThatCode(() -> check(document.deployed())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "files: {a.sh: {}}     | files is not simulated, expected no more than description, mainSteps, parameters, schemaVersion",
        "assumeRole: x         | assumeRole is not simulated",
        "parameters: []        | parameters is empty, expected a mapping by name",
        "parameters: {p: text} | parameters.p is 'text', expected a mapping",
        "parameters: {p: {type: Text}} | parameters.p.type is 'Text', expected what is simulated: Boolean, Integer, MapList, String, StringList, StringMap",
        "parameters: {p: {}}   | parameters.p.type is missing",
        "parameters: {p: {type: String, secret: true}} | parameters.p.secret is not simulated",
        "parameters: {p: {type: String, allowedValues: a}} | parameters.p.allowedValues is 'a', expected a list",
        "parameters: {p: {type: String, allowedPattern: '['}} | parameters.p.allowedPattern is '[', expected a regular expression (Unclosed character class)"
      })
  void whatIsNotSimulatedOfADocumentIsRefused(String field, String sentence) {
    assertThatThrownBy(() -> check(HEAD + field + "\n" + STEPS))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{action: 'aws:domainJoin', name: x, inputs: {}} | mainSteps[0].action is 'aws:domainJoin', expected what is simulated: aws:downloadContent, aws:psModule, aws:runDocument, aws:runPowerShellScript, aws:runShellScript",
        "{action: 'aws:executeScript', name: x, inputs: {}} | mainSteps[0].action is 'aws:executeScript'",
        "{name: x, inputs: {}} | mainSteps[0].action is missing",
        "{action: 'aws:runShellScript', inputs: {}} | mainSteps[0].name is missing, expected a name of its own",
        "{action: 'aws:runShellScript', name: x} | mainSteps[0].inputs is missing, expected a mapping",
        "{action: 'aws:runShellScript', name: x, inputs: {}, isEnd: true} | mainSteps[0].isEnd is not simulated",
        "{action: 'aws:runShellScript', name: x, inputs: {runcommand: []}} | mainSteps[0].inputs.runcommand is not simulated, expected no more than finallyStep, id, onFailure, onSuccess, runCommand, timeoutSeconds, workingDirectory",
        "{action: 'aws:runShellScript', name: x, inputs: {}, precondition: never} | mainSteps[0].precondition is 'never', expected a mapping",
        "step | mainSteps[0] is 'step', expected a mapping"
      })
  void whatIsNotSimulatedOfAStepIsRefused(String step, String sentence) {
    assertThatThrownBy(() -> check(HEAD + "mainSteps:\n- " + step + "\n"))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith(sentence);
  }

  @Test
  void twoStepsOfOneNameAndNoStepAreRefused() {
    assertThatThrownBy(() -> check(HEAD + STEPS + STEPS.substring(STEPS.indexOf('-'))))
        .hasMessage("mainSteps[1].name is 'x', expected one that no other step has");
    assertThatThrownBy(() -> check(HEAD + "mainSteps: []\n"))
        .hasMessage("mainSteps is empty, expected a list with a step at least");
    assertThatThrownBy(() -> check(HEAD)).hasMessageStartingWith("mainSteps is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "''                | it is empty, expected YAML",
        "a: 1\\na: 2       | it is no YAML (line 2, column ",
        "a: 1\\n---\\nb: 2 | it is no YAML (",
        "{\"a\": 1, \"a\": 2} | it is no YAML (",
        "a: &b 1           | it uses a YAML anchor (line 1), expected plain values",
        "a: !Ref b         | it uses a YAML tag (line 1), expected plain values",
        "a: 'b             | it is no YAML (",
        "just text         | it is no mapping, expected one in YAML"
      })
  void textThatIsNoOneMappingIsRefused(String text, String sentence) {
    String unescaped = text.equals("''") ? "" : text.replace("\\n", "\n");

    assertThatThrownBy(() -> DocumentText.parse(unescaped))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith(sentence);
  }

  @Test
  void moreThanSystemsManagerTakesIsRefused() {
    assertThatThrownBy(() -> DocumentText.parse("a: " + "x".repeat(65_536)))
        .hasMessageContaining("larger than 64 KB");
  }

  @Test
  void jsonMayHaveTabsAndNothingAfterIt() {
    assertThat(DocumentText.parse("{\t\"a\":\t1}").path("a").asInt()).isOne();
    assertThatThrownBy(() -> DocumentText.json("{\"a\": 1} {}")).hasMessageContaining("no JSON");
    assertThatThrownBy(() -> DocumentText.json("{\"a\": 1, \"a\": 2}"))
        .hasMessageContaining("Duplicate field 'a'");
  }
}
