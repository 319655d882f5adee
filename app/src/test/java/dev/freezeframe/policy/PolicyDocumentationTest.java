package dev.freezeframe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.input.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/policies.md says what is so. */
class PolicyDocumentationTest {
  private static final Pattern FIELD = Pattern.compile("^\\| `[\\w.]+` \\|");

  private static String documentation() throws IOException {
    return Files.readString(Golden.inRepository("docs/policies.md"));
  }

  private static String block(String kind) throws IOException {
    Matcher block = Pattern.compile("(?s)```" + kind + "\n(.*?)\n```").matcher(documentation());
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  @Test
  void theFaultsOfTheWrongPolicyAreThoseThatItGets() throws IOException {
    String yaml = block("yaml");

    assertThatThrownBy(() -> new PolicyReader().read("policies/daily.yaml", yaml))
        .hasMessage(block("text"));
  }

  @Test
  void theSentenceIsThatOfTheDefault() throws IOException {
    Policy policy = new PolicyReader().read(Golden.inRepository("policies/default.yaml"));

    assertThat(documentation().replace("\n> ", " ")).contains(policy.sentence());
  }

  @Test
  void theReferenceIsTheTableOfTheFields() throws IOException {
    assertThat(documentation().lines().filter(line -> FIELD.matcher(line).find()).toList())
        .isEqualTo(PolicyFields.ALL.fields().stream().map(Field::row).toList());
  }
}
