package dev.freezeframe.rehearsal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.input.InvalidInputException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that are no faults, by accident or not: sentences, and nothing else. */
@Timeout(60)
class HostileFaultsTest {
  private static final Instant START = Instant.parse("2026-11-22T02:00:00Z");
  private static final KnownNames KNOWN =
      new KnownNames(
          Set.of("i-0123456789abcdef0"), Set.of("CreateSnapshots"), Set.of("Run pre-script"));
  private static final String VALID =
      """
      faults:
        - {instance: i-0123456789abcdef0, at: pre-script, do: exit 201, times: 2}
        - {instance: "*", at: snapshot, do: slow 6h}
        - {instance: "*", at: task, do: crash-before, task: CreateSnapshots}
        - {instance: "*", at: execution, do: abort, after: Run pre-script}
        - {instance: "*", at: ec2, do: throttle, from: 1h, until: 2026-11-22T04:00:00Z, percent: 9}
        - {instance: "*", at: by-hand, do: lifetime 4, from: "2026-11-22T04:00:00Z", number: 17}
      """;

  /** Whether it was refused, which it is in short sentences. */
  private static boolean refused(String text) {
    try {
      new FaultsReader(KNOWN, START).read("f.yaml", text);
      return false;
    } catch (InvalidInputException refused) {
      for (String sentence : refused.sentences()) {
        assertThat(sentence).hasLineCount(1).hasSizeLessThan(1_000).startsWith("f.yaml: ");
        assertThat(sentence.codePoints().noneMatch(Character::isISOControl)).isTrue();
      }
      return true;
    }
  }

  @Test
  void aValidFileWithSomethingWrongIsReadOrRefused() {
    Random random = new Random(6);
    String noise = "[]{}:,-?*&!|>'\"%@`#\n \t0a~\\=<\u0000\u001b\u2028\u202e\ud83d";
    int refused = 0;
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder(VALID);
      for (int wrong = 1 + random.nextInt(3); wrong > 0; wrong--) {
        int at = random.nextInt(text.length());
        text.replace(
            at,
            Math.min(text.length(), at + random.nextInt(3)),
            String.valueOf(noise.charAt(random.nextInt(noise.length()))));
      }
      refused += refused(text.toString()) ? 1 : 0;
    }
    assertThat(refused).isPositive();
  }

  @Test
  void bombsAndDepthsAndLengthsAreRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int level = 1; level < 40; level++) {
      bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d]\n".formatted(level, level - 1));
    }
    String megabyte = "x".repeat(1_000_000);
    for (String text :
        List.of(
            bomb + "faults: *a39",
            "[".repeat(100_000),
            "- ".repeat(100_000),
            "{a: ".repeat(100_000),
            "!!javax.script.ScriptEngineManager [!!java.net.URL ['http://localhost/']]",
            megabyte,
            "faults: " + megabyte,
            "faults: [%s]".formatted(megabyte),
            "faults: [{instance: %s}]".formatted(megabyte),
            "faults: [{%s: x}]".formatted(megabyte),
            "faults: [{instance: \"*\", at: snapshot, do: \"%s\"}]".formatted(megabyte),
            "faults: [{instance: \"*\", at: \"\\e[2J\\nsnap\", do: exit}]",
            "faults: [{\"in\\e[2Jstance\\n\": \"*\"}]",
            "faults: 1\nfaults: 2\n",
            "\u0000",
            "")) {
      assertThat(refused(text)).as(text.substring(0, Math.min(99, text.length()))).isTrue();
    }
  }
}
