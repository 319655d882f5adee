package dev.freezeframe.rehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.document.DocumentText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What happens to the files of {@code --documents}. */
class DocumentsFolderTest {
  private static final Path CASES = Path.of("src/test/resources/cases/documents-folder");
  private static final String VALID =
      """
      {
      \t"schemaVersion": "2.2",
      \t"parameters": {
      \t  "executionId": {"type": "String", "default": "None"},
      \t  "command": {"type": "String", "allowedValues": ["pre-script", "post-script", "dry-run"]}
      \t},
      \t"mainSteps": [{"action": "aws:runShellScript", "name": "x", "inputs": {"runCommand": []}}]
      }
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static Policy policy(String document) {
    return new PolicyReader()
        .read("p.yaml", "name: mine\nscripts: {document: %s}\n".formatted(document));
  }

  private Map<String, String> read(String document) {
    return DocumentsFolder.read(folder, policy(document));
  }

  private int rehearse(Path documents, String document) throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            "name: mine\ntargets: [snapshot]\nscripts: {document: %s}\n".formatted(document));
    CommandLine line = Main.commandLine(Terminal.NONE);
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(
        "--policy",
        policy.toString(),
        "--fleet",
        "src/test/resources/cases/one-instance.json",
        "--documents",
        documents.toString(),
        "--out",
        folder.resolve("results").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get-document | hold-orders | get-document/hold-orders.json: it is what get-document"
            + " prints, expected the document in it (aws ssm get-document",
        "schema-1-2   | other       | schema-1-2/other.json: schemaVersion is '1.2', expected"
            + " '2.2'",
        "empty        | other       | empty/other.yaml: it is empty, expected YAML",
        "pattern      | other       | pattern/other.yaml: parameters.executionId.allowedPattern is"
            + " '(?P<id>x', expected a regular expression (",
        "not-text     | other       | not-text/other.yaml: it is no mapping, expected one in YAML"
      })
  void aBrokenDocumentThatThePolicyNamesIsSaidInOneSentence(
      String broken, String named, String sentence) throws IOException {
    assertThat(rehearse(CASES.resolve(broken), named)).isEqualTo(2);
    assertThat(err.toString()).contains(sentence);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
    assertThat(folder.resolve("results")).doesNotExist();
  }

  @Test
  void aDocumentWithTabsInItsJsonRuns() throws IOException {
    assertThat(rehearse(CASES.resolve("tabs"), "hold-orders")).isZero();
    assertThat(out.toString()).contains("1 succeeded; 1 APPLICATION");
  }

  @ParameterizedTest
  @ValueSource(strings = {"get-document", "schema-1-2", "empty", "pattern", "not-text"})
  void aBrokenDocumentThatNoPolicyNamesStopsNothing(String broken) {
    assertThat(DocumentsFolder.read(CASES.resolve(broken), policy("freezeframe-filesystem")))
        .containsOnlyKeys(SsmDocument.allDeployed().keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mine", "arn:aws:ssm:eu-central-1:123456789012:document/mine"})
  void aDocumentIsFoundByItsNameOrArn(String named) throws IOException {
    Files.writeString(folder.resolve("mine.json"), VALID);
    Files.writeString(folder.resolve("mine.rehearsal.yaml"), "holds: none\n");
    Files.writeString(folder.resolve("yours.rehearsal.yaml"), "holds: everything\n");

    assertThat(read(named)).containsKeys("mine", "mine.rehearsal").doesNotContainKey("yours");
  }

  @Test
  void aDocumentOfOursCanBeReplaced() throws IOException {
    Files.writeString(folder.resolve("freezeframe-sync.yml"), VALID.replace("\t", " "));

    assertThat(read("freezeframe-sync").get("freezeframe-sync")).contains("\"name\": \"x\"");
  }

  @Test
  void aFileThatIsNamedJsonIsReadAsJson() throws IOException {
    Files.writeString(folder.resolve("mine.json"), VALID.replace("[]}}]", "[]}}],"));

    assertThatThrownBy(() -> read("mine"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("mine.json: it is no JSON (line 8, column ");
  }

  @Test
  void whereADocumentIsNoYamlIsSaidByLineAndColumn() throws IOException {
    Files.writeString(
        folder.resolve("mine.yaml"), "schemaVersion: '2.2'\nparameters:\n  a: [b\nmainSteps: x\n");

    assertThatThrownBy(() -> read("mine"))
        .isInstanceOf(BadInputException.class)
        .hasMessageMatching("\\S*mine.yaml: it is no YAML \\(line 4, column 10: [^\\n]+\\)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"post-script\", | | allowedValues of command are [dry-run, pre-script], expected",
        "\"executionId\" | \"id\" | there is no parameter executionId; no script",
        "\"command\" | \"what\" | there is no parameter command; no script"
      })
  void aDocumentThatBreaksTheContractIsRefusedBeforeTheRun(
      String part, String other, String sentence) throws IOException {
    Path mine = folder.resolve("mine.json");
    Files.writeString(mine, VALID.replace(part, other == null ? "" : other));

    assertThat(rehearse(folder, "mine")).isEqualTo(2);
    assertThat(err.toString()).startsWith(mine + ": " + sentence);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
    assertThat(folder.resolve("results")).doesNotExist();
  }

  private static String script(String... lines) {
    String text = String.join("\\n", lines).replace("\"", "\\\"");
    return VALID.replace("\"runCommand\": []", "\"runCommand\": [\"%s\"]".formatted(text));
  }

  @Test
  void aScriptWithASyntaxErrorIsRefusedWithItsStepAndLine() throws IOException {
    Files.writeString(
        folder.resolve("mine.json"),
        script("#!/bin/bash", "hold() ", "  fsfreeze -f /data", "}", "hold"));

    assertThat(rehearse(folder, "mine")).isEqualTo(2);
    assertThat(err.toString())
        .contains("mine.json: the script of step x has a syntax error: line 3: syntax error")
        .contains(", expected a script that bash -n takes");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void whatAShellTakesIsTaken() throws IOException {
    for (String[] lines :
        new String[][] {
          {"case {{ command }} in pre-script) echo {{executionId}} ;; esac"},
          {"#!/bin/bash", "shopt -s extglob", "case $1 in @(a|b)) : ;; esac"},
          {"#!/usr/bin/python3", "print((1, 2))"},
          {"#!/bin/sh", "exit 0"}
        }) {
      Files.writeString(folder.resolve("mine.json"), script(lines));

      assertThat(read("mine")).containsKey("mine");
    }
  }

  @Test
  void noCommandOfAScriptIsRunToParseIt() throws IOException {
    Path trace = folder.resolve("trace");
    Files.writeString(
        folder.resolve("mine.json"), script("touch " + trace, "x=$(touch %s)".formatted(trace)));

    assertThat(read("mine")).containsKey("mine");
    assertThat(trace).doesNotExist();
  }

  @Test
  void everyDocumentOfOursCanBeParsed() {
    SsmDocument.allDeployed()
        .forEach(
            (name, content) ->
                assertThat(ShellSyntax.error(DocumentText.parse(content))).as(name).isEmpty());
    assertThat(ShellSyntax.error(DocumentText.parse(SsmDocument.TEMPLATE.deployed()))).isEmpty();
  }

  @Test
  void aRehearsalSaysThatItRanNoScriptAndWhatItTookThemToHold() throws IOException {
    Files.writeString(folder.resolve("mine.json"), script("fsfreeze -f /data"));
    rehearse(folder, "mine");
    assertThat(out.toString())
        .contains("No script of the document mine is run in a rehearsal, and it does not say")
        .contains("Assumed: every volume, until its post-script, without a timer (docs/");

    out.getBuffer().setLength(0);
    Files.writeString(folder.resolve("mine.json"), script("echo FREEZEFRAME event=frozen"));
    rehearse(folder, "mine");
    assertThat(out.toString())
        .contains("Assumed: every volume but the boot volume, until its post-script or its timer")
        .doesNotContain("without a timer");

    out.getBuffer().setLength(0);
    Files.writeString(folder.resolve("mine.rehearsal.yaml"), "holds: data\ntimer: 60\n");
    rehearse(folder, "mine");
    assertThat(out.toString())
        .contains("mine is run in a rehearsal, and that they hold what it says is not shown")
        .doesNotContain("Assumed");
  }

  @Test
  void aCopyOfTheTemplateThatFreezesNoFileSystemIsRehearsedAsHoldingNothing() throws IOException {
    String copy = SsmDocument.TEMPLATE.deployed().replace("DOCUMENT=template", "DOCUMENT=mine");
    Files.writeString(folder.resolve("mine.yaml"), copy);
    rehearse(folder, "mine");

    assertThat(out.toString())
        .contains("CRASH: what a power failure")
        .contains("Assumed: no volume, as the default of its mountPoints is none (docs/")
        .doesNotContain("APPLICATION");
  }

  @Test
  void ofADocumentOfOursNothingOfTheKindIsSaid() throws IOException {
    rehearse(folder, "freezeframe-filesystem");

    assertThat(out.toString()).contains("1 succeeded").doesNotContain("No script of");
  }

  @Test
  void aDescriptionThatIsNoTextIsRefused() throws IOException {
    Files.writeString(folder.resolve("mine.json"), VALID);
    Files.writeString(folder.resolve("mine.rehearsal.yaml"), "holds: all\u0007");

    assertThatThrownBy(() -> read("mine"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("mine.rehearsal.yaml: it is no YAML (line 1: ");
  }

  @Test
  void aMissingDocumentIsNamedWithTheFilesItCouldBeIn() {
    assertThatThrownBy(() -> read("mine"))
        .hasMessage(
            "--documents: the policy's document mine is missing, expected mine.yaml or mine.yml or"
                + " mine.json in "
                + folder);
  }

  @Test
  void twoFilesOfOneDocumentAreRefused() throws IOException {
    Files.writeString(folder.resolve("mine.json"), VALID);
    Files.writeString(folder.resolve("mine.yaml"), VALID);

    assertThatThrownBy(() -> read("mine")).hasMessageContaining("are both there, expected one");
  }

  @Test
  void aFolderInThePlaceOfADocumentAndTextOfAnotherEncodingAreNamed() throws IOException {
    Files.createDirectory(folder.resolve("mine.yaml"));
    Files.write(folder.resolve("yours.yaml"), "# \u00fc".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> read("mine"))
        .hasMessageContaining("mine.yaml is a folder, expected an SSM document");
    assertThatThrownBy(() -> read("yours"))
        .hasMessageContaining("yours.yaml is no text in UTF-8 or UTF-16, expected");
  }

  @Test
  void nothingIsReadFromOutsideTheFolder() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.writeString(folder.resolve("mine.json"), VALID);

    assertThatThrownBy(() -> DocumentsFolder.read(inner, policy("../mine")))
        .hasMessageContaining("the policy's document ../mine is missing");
  }

  @Test
  void aFileInThePlaceOfTheFolderIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> DocumentsFolder.read(file, policy("mine")))
        .hasMessage(
            "--documents: expected a folder of SSM documents that can be read, found " + file);
  }
}
