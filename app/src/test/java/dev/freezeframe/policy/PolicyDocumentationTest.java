package dev.freezeframe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.policy.reader.CompletionReader;
import dev.freezeframe.policy.reader.PacingReader;
import dev.freezeframe.policy.reader.PolicyReader;
import dev.freezeframe.policy.reader.RetentionReader;
import dev.freezeframe.policy.reader.ScheduleReader;
import dev.freezeframe.policy.reader.ScriptsReader;
import dev.freezeframe.policy.reader.TaggingReader;
import dev.freezeframe.policy.reader.VolumesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/policies.md says what is so. */
class PolicyDocumentationTest {
  private static final Pattern FIELD = Pattern.compile("(?m)^\\| `([\\w.]+)` \\|");

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
  void everyFieldThatCanBeReadIsDescribedAndNoOther() throws IOException {
    List<String> described = new ArrayList<>();
    Matcher field = FIELD.matcher(documentation());
    while (field.find()) {
      described.add(field.group(1));
    }
    List<String> known = new ArrayList<>(List.of("name", "enabled", "targets", "scripts"));
    add(known, "schedule", ScheduleReader.FIELDS);
    add(known, "volumes", VolumesReader.FIELDS);
    add(known, "scripts", ScriptsReader.FIELDS);
    add(known, "retention", RetentionReader.FIELDS);
    add(known, "retention.tiers", RetentionReader.TIERS);
    add(known, "tags", TaggingReader.FIELDS);
    add(known, "pacing", PacingReader.FIELDS);
    add(known, "completion", CompletionReader.FIELDS);
    known.remove("retention.tiers");

    assertThat(described).containsExactlyInAnyOrderElementsOf(known);
  }

  private static void add(List<String> known, String section, List<String> fields) {
    fields.forEach(field -> known.add(section + "." + field));
  }
}
