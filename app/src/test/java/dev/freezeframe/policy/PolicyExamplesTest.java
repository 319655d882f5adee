package dev.freezeframe.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies that people copy. */
class PolicyExamplesTest {

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(Golden.inRepository("policies"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleReadsAndSaysWhatItIsFor(Path file) throws IOException {
    assertThat(new PolicyReader().read(file).enabled()).isTrue();
    assertThat(Files.readAllLines(file)).first().asString().startsWith("# ");
  }

  @Test
  void theDefaultIsTheExampleOfTheRehearsal() {
    Policy policy = new PolicyReader().read(Golden.inRepository("policies/default.yaml"));
    Scripts scripts = policy.scripts().orElseThrow();

    assertThat(policy.name()).isEqualTo(new PolicyName("daily"));
    assertThat(policy.targets()).containsExactly(TagSelector.parse("snapshot=snapshot"));
    assertThat(policy.volumes().excludeBoot()).isTrue();
    assertThat(scripts.document()).isEqualTo("freezeframe-filesystem");
    assertThat(scripts.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(scripts.retries()).isEqualTo(1);
    assertThat(policy.retention().days()).isEqualTo(OptionalInt.of(14));
  }

  @Test
  void noTwoExamplesShareAName() throws IOException {
    assertThat(examples())
        .extracting(file -> new PolicyReader().read(file).name())
        .doesNotHaveDuplicates();
  }
}
