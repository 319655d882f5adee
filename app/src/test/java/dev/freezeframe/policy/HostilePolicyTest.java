package dev.freezeframe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.input.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no policies, by accident or not: one clear sentence, and nothing else. */
@Timeout(20)
class HostilePolicyTest {
  @TempDir Path folder;

  private static String fault(String yaml) {
    return message(() -> new PolicyReader().read("p.yaml", yaml));
  }

  private static String message(ThrowingCallable read) {
    InvalidInputException thrown = catchThrowableOfType(InvalidInputException.class, read);
    assertThat(thrown).isNotNull();
    return thrown.getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   \n\n", "# only a comment\n", "---\n", "---\n...\n", "~", "null"})
  void anEmptyFileIsNoPolicy(String yaml) {
    assertThat(fault(yaml)).isEqualTo("p.yaml: the file is empty, expected a policy");
  }

  @Test
  void aListOrAWordIsNoPolicy() {
    assertThat(fault("- name: daily"))
        .isEqualTo("p.yaml: the file is a list, expected a group of fields");
    assertThat(fault("daily")).isEqualTo("p.yaml: the file is 'daily', expected a group of fields");
  }

  @Test
  void whatIsNotYamlIsSaidWithItsPlace() {
    assertThat(fault("name: daily\ntargets: [a, b\n"))
        .isEqualTo(
            "p.yaml: the file is not YAML (line 3, column 1: expected ',' or ']', but got"
                + " <stream end>), expected one YAML document");
    assertThat(fault("name: daily\n\tenabled: true\n")).startsWith("p.yaml: the file is not YAML");
    assertThat(fault("name: a: b")).startsWith("p.yaml: the file is not YAML (line 1, column 8:");
  }

  @Test
  void severalDocumentsAreRefused() {
    assertThat(fault("name: daily\n---\nname: weekly\n"))
        .isEqualTo("p.yaml: the file is several documents (the second on line 2), expected one");
  }

  @Test
  void aliasesAreRefusedBeforeTheyGrow() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int level = 1; level < 40; level++) {
      bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d]\n".formatted(level, level - 1));
    }

    assertThat(fault(bomb + "name: *a39"))
        .isEqualTo(
            "p.yaml: the file is using the YAML anchor 'a0' (line 1), expected plain values:"
                + " anchors and aliases are not taken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!!javax.script.ScriptEngineManager [!!java.net.URL ['http://localhost/']]",
        "name: !!str daily",
        "name: !secret daily",
        "!!map {name: daily}"
      })
  void tagsAreRefusedAndNothingIsLoaded(String yaml) {
    assertThat(fault(yaml))
        .isEqualTo(
            "p.yaml: the file is using a YAML tag (line 1), expected plain values: tags are not"
                + " taken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- "})
  void deepNestingIsRefused(String opening) {
    assertThat(fault(opening.repeat(50_000)))
        .isEqualTo("p.yaml: the file is nested too deep (line 1), expected 4 levels at most");
  }

  @Test
  void moreThan256KilobytesAreRefused() throws IOException {
    Path large = folder.resolve("large.yaml");
    Files.write(large, ("name: daily\n# " + "x".repeat(300_000)).getBytes(StandardCharsets.UTF_8));

    assertThat(message(() -> new PolicyReader().read(large)))
        .isEqualTo(large + ": the file is larger than 256 KB, expected a policy of 256 KB at most");
    assertThat(fault("#".repeat(300_000)))
        .isEqualTo("p.yaml: the file is larger than 256 KB, expected 256 KB at most");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    Path missing = folder.resolve("missing.yaml");
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xC3, 0x28});

    assertThat(message(() -> new PolicyReader().read(missing)))
        .isEqualTo(missing + ": the file is missing, expected a policy of 256 KB at most");
    assertThat(message(() -> new PolicyReader().read(folder)))
        .isEqualTo(folder + ": the file is a folder, expected a policy of 256 KB at most");
    assertThat(message(() -> new PolicyReader().read(binary)))
        .isEqualTo(
            binary
                + ": the file is no text in UTF-8 or UTF-16, expected a policy of 256 KB at most");
  }

  @Test
  void controlCharactersAreRefusedAndNeverPrinted() {
    assertThat(fault("name: daily\n# \u001B[2Jbell\u0007"))
        .isEqualTo(
            "p.yaml: the file is not text (the control character U+001B on line 2), expected one"
                + " YAML document");
    assertThat(fault("name: \"da\\e[2J\\nily\""))
        .isEqualTo(
            "p.yaml: name is 'da\\u001b[2J\\u000aily', expected " + PolicyName.FORM_IN_WORDS);
    assertThat(message(() -> new PolicyReader().read("p\n.yaml", "name: 1 2")))
        .startsWith("p\\u000a.yaml: name is '1 2'")
        .doesNotContain("\n");
  }

  @Test
  void aLongValueIsCut() {
    assertThat(fault("name: " + "x".repeat(100_000)))
        .isEqualTo(
            "p.yaml: name is '%s...', expected %s"
                .formatted("x".repeat(60), PolicyName.FORM_IN_WORDS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "? [a, b]\n: c\nname: daily",
        "? {a: b}\n: c\nname: daily",
        "<<: {name: x}\nname: daily",
        "=: x\nname: daily",
        "'': x\nname: daily",
        "~: x\nname: daily",
        "1: x\nname: daily"
      })
  void strangeKeysAreRefused(String yaml) {
    assertThat(fault(yaml)).startsWith("p.yaml: ").hasLineCount(1);
  }

  @Test
  void aDurationBeyondAllBoundsIsRefused() {
    for (String duration : new String[] {"999999999d", "P106751991167300D", "PT-5S", "-PT5S"}) {
      assertThat(fault("{name: daily, pacing: {jitter: %s}}".formatted(duration)))
          .isEqualTo("p.yaml: pacing.jitter is '%s', expected 0s..24h".formatted(duration));
    }
  }

  @Test
  void damageAnywhereNeverEndsInAnythingElse() throws IOException {
    String example = Files.readString(Golden.inRepository("policies/examples/database.yaml"));
    Random random = new Random(7);
    for (int round = 0; round < 1000; round++) {
      StringBuilder damaged = new StringBuilder(example);
      for (int change = 0; change <= round % 4; change++) {
        int place = random.nextInt(damaged.length());
        damaged.replace(
            place, place + random.nextInt(3), random.nextBoolean() ? "" : noise(random));
      }
      try {
        assertThat(new PolicyReader().read("p.yaml", damaged.toString()).sentence())
            .doesNotContain("null");
      } catch (InvalidInputException refused) {
        assertThat(refused.faults()).isNotEmpty();
        assertThat(refused.getMessage()).hasLineCount(refused.faults().size());
      }
    }
  }

  private static String noise(Random random) {
    String characters = "[]{}:,-?*&!|>'\"%@`#\n \t0a~\\=<\u00e9\u2028\uD83D\uDE00";
    return String.valueOf(characters.charAt(random.nextInt(characters.length())));
  }
}
