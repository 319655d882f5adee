package dev.freezeframe.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.infra.Flattened;
import dev.freezeframe.infra.FreezeframeApp;
import dev.freezeframe.infra.Synthesized;
import dev.freezeframe.operator.dlm.ImportDlmCommand;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

class KnownDocumentsTest {
  private static final KnownDocuments KNOWN =
      new KnownDocuments(
          SsmDocument.ofScripts().stream().map(SsmDocument::ssmName).toList(),
          List.of("freezeframe-drill-filesystem", "freezeframe-drill-postgresql"),
          List.of("team-freeze", "team-drill"));

  private static Policy policy(String document) {
    return new PolicyReader()
        .read("a.yaml", "name: a\nscripts:\n  document: %s\n".formatted(document));
  }

  @ParameterizedTest
  @CsvSource({
    "freezeframe-postgres, freezeframe-postgresql",
    "freezeframe-file-system, freezeframe-filesystem",
    "FREEZEFRAME-mysql, freezeframe-mysql",
    "team-freze, team-freeze"
  })
  void aMisspeltDocumentIsRefusedWithTheNearestThatIsKnown(String misspelt, String meant) {
    assertThatThrownBy(() -> KNOWN.checked("a.yaml", policy(misspelt)))
        .hasMessage(
            "a.yaml: scripts.document is '%s', expected %s; one of your own is named in"
                + " freezeframe:documents as well",
            misspelt, meant);
  }

  @Test
  void aDocumentOfOthersIsNamedInTheSetting() {
    assertThatThrownBy(() -> KNOWN.checked("a.yaml", policy("dlm-oracle")))
        .hasMessageStartingWith(
            "a.yaml: scripts.document is 'dlm-oracle', expected one of freezeframe-")
        .hasMessageEndingWith("; one of your own is named in freezeframe:documents as well");
  }

  @Test
  void aMisspeltDocumentOfAwsIsRefused() {
    assertThatThrownBy(() -> KNOWN.checked("a.yaml", policy("AWSEC2-CreateVSSSnapshots")))
        .hasMessage(
            "a.yaml: scripts.document is 'AWSEC2-CreateVSSSnapshots', expected"
                + " AWSEC2-CreateVssSnapshot");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "freezeframe-postgresql",
        "team-freeze",
        "AWSEC2-CreateVssSnapshot",
        "AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA",
        "AWS-SomethingThatComesLater"
      })
  void whatIsKnownIsTaken(String document) {
    Policy policy = policy(document);

    assertThat(KNOWN.checked("a.yaml", policy)).isSameAs(policy);
  }

  /** It would be refused by every instance, which is no drill instance. */
  @Test
  void aDocumentOfDrillsIsNoScriptOfAPolicy() {
    Settings settings =
        Settings.of(new App(AppProps.builder().analyticsReporting(false).build()).getNode());
    KnownDocuments known = FreezeframeApp.known(settings, List.of(SsmDocument.values()));

    assertThatThrownBy(() -> known.checked("a.yaml", policy("freezeframe-drill-filesystem")))
        .hasMessageStartingWith(
            "a.yaml: scripts.document is 'freezeframe-drill-filesystem', expected ");
  }

  private static Policy drilled(String document) {
    return new PolicyReader()
        .read("a.yaml", "{name: a, drill: {level: L2, document: %s}}".formatted(document));
  }

  @ParameterizedTest
  @CsvSource({
    "freezeframe-drill-file-system, freezeframe-drill-filesystem",
    "freezeframe-drill-postgres, freezeframe-drill-postgresql",
    "team-dril, team-drill"
  })
  void aMisspeltDocumentOfADrillIsRefusedWithTheNearestThatIsKnown(String misspelt, String meant) {
    assertThatThrownBy(() -> KNOWN.checked("a.yaml", drilled(misspelt)))
        .hasMessage(
            "a.yaml: drill.document is '%s', expected %s; one of your own is named in"
                + " freezeframe:documents as well",
            misspelt, meant);
  }

  /** The first would hold the drill instance still; AWS has none that checks restored volumes. */
  @ParameterizedTest
  @ValueSource(
      strings = {"freezeframe-filesystem", "AWSEC2-CreateVssSnapshot", "AWS-RunShellScript"})
  void aDocumentOfScriptsIsNoDocumentOfADrill(String document) {
    assertThatThrownBy(() -> KNOWN.checked("a.yaml", drilled(document)))
        .hasMessageStartingWith("a.yaml: drill.document is '%s', expected ", document)
        .hasMessageContaining("freezeframe-drill-filesystem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"freezeframe-drill-filesystem", "team-drill"})
  void whatADrillMayNameIsTaken(String document) {
    Policy policy = drilled(document);

    assertThat(KNOWN.checked("a.yaml", policy)).isSameAs(policy);
  }

  @Test
  void aPolicyWithoutScriptsNeedsNoDocument() {
    Policy policy = new PolicyReader().read("a.yaml", "name: a\n");

    assertThat(KNOWN.checked("a.yaml", policy)).isSameAs(policy);
  }

  /** Misspelt alike in the policy and in the setting, it would deploy without a word. */
  @ParameterizedTest
  @CsvSource({
    "freezeframe-postgres, freezeframe-postgresql",
    "AWSEC2-CreateVssSnapshots, AWSEC2-CreateVssSnapshot"
  })
  void aNameOfTheSettingThatIsNearlyAKnownOneIsWarnedOf(String misspelt, String meant) {
    String setting = "[\"%s\",\"team-freeze\"]".formatted(misspelt);
    Annotations annotations =
        Annotations.fromStack(
            Synthesized.of(
                Map.of(
                    Setting.DOCUMENTS.key(), setting, Setting.MAIL_TO.key(), "[\"a@example.org\"]"),
                List.of(policy(misspelt))));

    assertThat(annotations.findWarning("*", Match.anyValue())).hasSize(1);
    assertThat(
            annotations.findWarning(
                "*",
                Match.stringLikeRegexp(
                    "^freezeframe:documents names '%s', which is nearly '%s'"
                        .formatted(misspelt, meant))))
        .hasSize(1);
  }

  /** From a policy of Data Lifecycle Manager to a template, as import-dlm says. */
  @Test
  void whatImportDlmTellsToNameIsWhatASynthOfItsPolicyWants(@TempDir Path folder)
      throws IOException {
    Path dlm =
        Synthesized.ROOT.resolve(
            "operator/src/test/resources/dlm/cases/pre-only-without-fallback.json");
    StringWriter said = new StringWriter();
    int status =
        new CommandLine(new ImportDlmCommand())
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(said, true))
            .execute(dlm.toString(), "--out", folder.toString());
    assertThat(status).isZero();
    String setting = said.toString().replaceFirst("(?s).*(\"freezeframe:documents\":.*)", "{$1}");
    Map<String, Object> context =
        new ObjectMapper().readValue(setting, new TypeReference<Map<String, Object>>() {});

    assertThatThrownBy(() -> synthesized(folder, Map.of()))
        .hasMessageContaining("scripts.document is 'hold-orders', expected one of freezeframe-")
        .hasMessageContaining("named in freezeframe:documents");
    assertThat(
            Synthesized.resources(synthesized(folder, context), "AWS::Scheduler::Schedule")
                .values())
        .anyMatch(schedule -> schedule.property("/Target/Input").asText().contains("hold-orders"));
  }

  private static JsonNode synthesized(Path policies, Map<String, Object> context) {
    Map<String, Object> all = new HashMap<>(context);
    all.put(Setting.POLICIES.key(), policies.toString());
    App app = new App(AppProps.builder().context(all).analyticsReporting(false).build());
    Settings settings = Settings.of(app.getNode());
    List<SsmDocument> documents = List.of(SsmDocument.values());
    return Flattened.of(
        Synthesized.of(all, FreezeframeApp.policies(policies, settings, documents)));
  }
}
