package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownDocumentsTest {
  private static final KnownDocuments KNOWN =
      new KnownDocuments(
          Arrays.stream(SsmDocument.values()).map(SsmDocument::ssmName).toList(),
          List.of("team-freeze"));

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

  @Test
  void aPolicyWithoutScriptsNeedsNoDocument() {
    Policy policy = new PolicyReader().read("a.yaml", "name: a\n");

    assertThat(KNOWN.checked("a.yaml", policy)).isSameAs(policy);
  }
}
