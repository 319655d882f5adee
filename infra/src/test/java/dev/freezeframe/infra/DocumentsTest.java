package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.consistency.ssm.DocumentContract;
import dev.freezeframe.documents.SsmDocument;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private final Map<String, Resource> byName = new TreeMap<>();

  DocumentsTest() {
    Synthesized.resources("AWS::SSM::Document")
        .values()
        .forEach(document -> byName.put(document.property("/Name").asText(), document));
  }

  @Test
  void everyDocumentIsDeployedWholeAndKeepsTheContract() {
    assertThat(byName).hasSameSizeAs(SsmDocument.values());
    for (SsmDocument document : SsmDocument.values()) {
      Resource deployed = byName.get(document.ssmName());

      assertThat(deployed.property("/DocumentFormat").asText()).isEqualTo("JSON");
      assertThat(deployed.property("/Content").toString())
          .as("what is rehearsed, to the byte")
          .isEqualTo(document.deployed());
      assertThat(DocumentContract.breaches(deployed.property("/Content")).isEmpty())
          .as("may be sent as a script of " + document)
          .isEqualTo(!document.isDrill());
    }
  }

  @Test
  void aChangeMakesANewVersionAndTheDocumentMayBeUsedByDataLifecycleManager() {
    assertThat(byName)
        .allSatisfy(
            (name, document) -> {
              assertThat(document.property("/UpdateMethod").asText()).isEqualTo("NewVersion");
              assertThat(document.property("/Tags").toString())
                  .isEqualTo(
                      name.startsWith("freezeframe-drill-")
                          ? ""
                          : "[{\"Key\":\"DLMScriptsAccess\",\"Value\":\"true\"}]");
            });
  }
}
