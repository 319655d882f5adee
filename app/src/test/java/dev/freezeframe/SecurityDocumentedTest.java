package dev.freezeframe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityDocumentedTest {
  private static final Path ROOT = Path.of(System.getProperty("freezeframe.root"));
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)(?:\\.(\\w+))?`");

  @ParameterizedTest
  @ValueSource(strings = {"security.md", "scale.md"})
  void everyTestThatIsNamedExists(String document) throws IOException {
    Map<String, String> tests = tests();
    int named = 0;
    for (MatchResult found : NAMED.matcher(text(document)).results().toList()) {
      named++;
      assertThat(tests)
          .as("tests, of which docs/%s names one", document)
          .containsKey(found.group(1));
      if (found.group(2) != null) {
        assertThat(tests.get(found.group(1)))
            .as("%s, as docs/%s has it", found.group(), document)
            .contains("void %s(".formatted(found.group(2)));
      }
    }
    assertThat(named).isPositive();
  }

  @Test
  void everyRowSaysWhatStopsItAndShowsItOrSaysThatNothingDoes() throws IOException {
    text("security.md")
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| may"))
        .forEach(
            row -> {
              String[] cells = row.split(" \\| ", -1);
              assertThat(cells).as(row).hasSize(4);
              assertThat(cells[3].contains("Test") || cells[2].contains("nothing"))
                  .as(row)
                  .isTrue();
            });
  }

  private static String text(String document) throws IOException {
    return Files.readString(ROOT.resolve("docs").resolve(document));
  }

  /** The source of each test class; of two with one name, both. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new TreeMap<>();
    for (String module : new String[] {"app", "infra", "operator", "rehearsal", "ssm-documents"}) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        files
            .filter(file -> file.toString().endsWith("Test.java"))
            .forEach(
                file ->
                    tests.merge(
                        file.getFileName().toString().replace(".java", ""),
                        read(file),
                        String::concat));
      }
    }
    return tests;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
