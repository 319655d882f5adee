package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFilesTest {
  @TempDir private Path folder;

  private List<Policy> read() {
    return PolicyFiles.read(folder, new PolicyReader()::read);
  }

  @Test
  void theShippedPoliciesAreDeployed() {
    assertThat(PolicyFiles.read(Synthesized.ROOT.resolve("policies"), new PolicyReader()::read))
        .isNotEmpty();
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
