package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** No PowerShell runs here: what the tests can see is the structure. */
class WindowsVssDocumentTest {

  private final DocumentYaml document = DocumentYaml.of(SsmDocument.WINDOWS_VSS);

  private List<JsonNode> steps() {
    return StreamSupport.stream(document.root().path("mainSteps").spliterator(), false).toList();
  }

  private List<String> scripts() {
    return steps().stream()
        .filter(step -> step.path("action").asText().equals("aws:runPowerShellScript"))
        .map(step -> step.path("inputs").path("runCommand").path(0).asText())
        .toList();
  }

  @Test
  void aPreScriptFreezesAndAPostScriptThawsAndADryRunDoesNeither() {
    assertThat(steps().stream().map(WindowsVssDocumentTest::summary))
        .containsExactly(
            "prepare when platformType=Windows",
            "freeze when {{ command }}=pre-script: Freeze",
            "reportFrozen when {{ command }}=pre-script",
            "thaw when {{ command }}=post-script: Thaw",
            "reportThawed when {{ command }}=post-script");
    // A refusal must keep the steps after it from running. The agent looks for that in the inputs
    // of a step and nowhere else.
    assertThat(steps().get(0).path("inputs").path("onFailure").asText()).isEqualTo("exit");
    assertThat(steps()).noneMatch(step -> step.has("onFailure"));
  }

  private static String summary(JsonNode step) {
    JsonNode condition = step.path("precondition").path("StringEquals");
    JsonNode action = step.path("inputs").path("documentParameters").path("Action");
    return "%s when %s=%s%s"
        .formatted(
            step.path("name").asText(),
            condition.path(0).asText(),
            condition.path(1).asText(),
            action.isMissingNode() ? "" : ": " + action.asText());
  }

  @Test
  void everyBracketAndQuoteIsClosed() {
    for (String script : scripts()) {
      assertThat(unclosed(script)).as(script).isEmpty();
    }
  }

  private static List<String> unclosed(String script) {
    Deque<Character> open = new ArrayDeque<>();
    String closers = ")]}";
    String openers = "([{";
    char quote = 0;
    boolean comment = false;
    for (int i = 0; i < script.length(); i++) {
      char c = script.charAt(i);
      if (comment) {
        comment = c != '\n';
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '#') {
        comment = true;
      } else if (openers.indexOf(c) >= 0) {
        open.push(c);
      } else if (closers.indexOf(c) >= 0
          && (open.isEmpty() || openers.indexOf(open.pop()) != closers.indexOf(c))) {
        return List.of("an unexpected " + c);
      }
    }
    List<String> rest = new ArrayList<>();
    open.forEach(c -> rest.add(c.toString()));
    if (quote != 0) {
      rest.add("a quote");
    }
    return rest;
  }

  @Test
  void everyFunctionThatIsCalledExists() {
    List<String> known =
        List.of(
            "Get-ChildItem",
            "Get-CimInstance",
            "Get-Content",
            "Get-Service",
            "Join-Path",
            "New-Item",
            "New-Object",
            "Out-Null",
            "Out-String",
            "Remove-Item",
            "Set-Content",
            "Set-StrictMode",
            "Test-Path",
            "Where-Object");
    for (String script : scripts()) {
      List<String> defined = matches("function ([A-Z][a-z]+-[A-Z][A-Za-z]+)", script);
      String code = script.replaceAll("(?m)#.*$", "").replaceAll("'[^'\n]*'", "''");
      for (String called : matches("(?<![-\\w])([A-Z][a-z]+-[A-Z][A-Za-z]+)", code)) {
        assertThat(known.contains(called) || defined.contains(called)).as(called).isTrue();
      }
    }
  }

  /** In ProgramData any user may make a folder, and a link of it, before the script does. */
  @Test
  void nothingIsKeptOrRunWhereAnOrdinaryUserCouldPutIt() {
    for (String script : scripts()) {
      String code = script.replaceAll("(?m)#.*$", "");
      assertThat(matches("\\$env:(\\w+)", code)).containsOnly("ProgramFiles", "SystemRoot");
      assertThat(matches("& (\\S+)", code)).allMatch("$VssAdmin"::equals);
    }
  }

  @Test
  void allExitCodesOfTheContractAreThere() {
    String all = String.join("\n", scripts());
    for (int code = 201; code <= 206; code++) {
      assertThat(all).contains(" " + code + " ");
    }
  }

  private static List<String> matches(String pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
