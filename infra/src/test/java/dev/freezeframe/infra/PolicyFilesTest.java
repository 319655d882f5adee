package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyFiles;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.policy.TagSelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFilesTest {
  @TempDir private Path folder;

  private List<Policy> read() {
    return PolicyFiles.read(folder, new PolicyReader()::read);
  }

  private static List<Policy> shipped(String folder) {
    return PolicyFiles.read(Synthesized.ROOT.resolve(folder), new PolicyReader()::read);
  }

  @Test
  void aFirstDeploymentActsOnWhatIsTaggedForItAndOnNothingElse() {
    assertThat(shipped("policies"))
        .singleElement()
        .satisfies(
            policy -> {
              assertThat(policy.name().value()).isEqualTo("daily");
              assertThat(policy.targets()).containsExactly(TagSelector.parse("snapshot=snapshot"));
            });
  }

  @Test
  void everyShippedPolicyNamesADocumentThatIsDeployed() {
    Set<String> deployed =
        SsmDocument.ofScripts().stream().map(SsmDocument::ssmName).collect(Collectors.toSet());

    assertThat(Stream.of("policies", "policies/examples").flatMap(from -> shipped(from).stream()))
        .hasSizeGreaterThan(3)
        .flatExtracting(policy -> policy.scripts().stream().map(Scripts::document).toList())
        .isSubsetOf(deployed);
  }

  @Test
  void whatIsWrongInAnyPolicyIsSaidAtOnceInTheWordsOfTheReader() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), "name: a\nenabled: perhaps\n");
    Files.writeString(folder.resolve("b.yaml"), "name: b\nschedule:\n  cron: never\n");

    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.yaml")
        .hasMessageContaining("enabled")
        .hasMessageContaining("b.yaml")
        .hasMessageContaining("cron");
  }

  @Test
  void twoPoliciesOfOneNameAreRefused() throws IOException {
    Files.copy(Synthesized.resource("/policies/frozen.yaml"), folder.resolve("one.yaml"));
    Files.copy(Synthesized.resource("/policies/frozen.yaml"), folder.resolve("two.yaml"));

    assertThatThrownBy(this::read)
        .hasMessage("%s: another policy is named frozen as well", folder.resolve("two.yaml"));
  }

  @Test
  void aFolderWithoutPoliciesIsRefused() {
    assertThatThrownBy(this::read)
        .hasMessage("%s: expected at least one policy (*.yaml), found none", folder);
  }
}
