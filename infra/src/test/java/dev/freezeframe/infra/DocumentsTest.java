package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.freezeframe.consistency.DocumentContract;
import dev.freezeframe.documents.SsmDocument;
import java.io.IOException;
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
  void everyDocumentIsDeployedWholeAndKeepsTheContract() throws IOException {
    assertThat(byName).hasSameSizeAs(SsmDocument.values());
    for (SsmDocument document : SsmDocument.values()) {
      Resource deployed = byName.get(document.ssmName());

      assertThat(deployed.property("/Content"))
          .isEqualTo(new YAMLMapper().readTree(document.content()));
      assertThat(DocumentContract.breaches(deployed.property("/Content"))).isEmpty();
    }
  }

  @Test
  void aChangeMakesANewVersionAndTheDocumentMayBeUsedByDataLifecycleManager() {
    assertThat(byName)
        .allSatisfy(
            (name, document) -> {
              assertThat(document.property("/UpdateMethod").asText()).isEqualTo("NewVersion");
              assertThat(document.property("/Tags").toString())
                  .isEqualTo("[{\"Key\":\"DLMScriptsAccess\",\"Value\":\"true\"}]");
            });
  }
}
