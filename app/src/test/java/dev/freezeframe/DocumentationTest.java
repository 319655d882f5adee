package dev.freezeframe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages link to what is there, and every page and decision is listed. */
class DocumentationTest {
  private static final Path ROOT = Path.of(System.getProperty("freezeframe.root"));
  private static final Path DOCS = ROOT.resolve("docs");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```");
  private static final Pattern COMMANDS = Pattern.compile("(?m)^(npx|mvn) .*$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern NAMED = Pattern.compile("\\bdocs/[a-z0-9./-]+?\\.md");

  /** As GitHub makes them. */
  private static Set<String> anchors(Path page) {
    return HEADING
        .matcher(CODE.matcher(read(page)).replaceAll(""))
        .results()
        .map(
            heading ->
                heading
                    .group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> brokenLinks(Path page) {
    List<String> broken = new ArrayList<>();
    for (MatchResult found :
        LINK.matcher(CODE.matcher(read(page)).replaceAll("")).results().toList()) {
      String link = found.group(1);
      if (link.matches("[a-z]+:.*")) {
        continue;
      }
      String[] parts = link.split("#", 2);
      Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
      if (!Files.exists(target) || (parts.length == 2 && !anchors(target).contains(parts[1]))) {
        broken.add("%s: %s".formatted(ROOT.relativize(page), link));
      }
    }
    return broken;
  }

  @Test
  void everyLinkLeadsToAFileAndAHeadingThatAreThere() throws IOException {
    List<Path> pages = pages();

    assertThat(pages).hasSizeGreaterThan(60);
    assertThat(pages).flatMap(DocumentationTest::brokenLinks).isEmpty();
  }

  @Test
  void everyPageThatTheCodeNamesIsThere() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String module : List.of("app", "infra", "operator", "rehearsal", "ssm-documents")) {
      for (Path file : files(ROOT.resolve(module).resolve("src/main"))) {
        NAMED
            .matcher(file.toString().matches(".*\\.(java|yaml|sh|js)") ? read(file) : "")
            .results()
            .map(MatchResult::group)
            .filter(named -> !Files.exists(ROOT.resolve(named)))
            .forEach(named -> missing.add("%s: %s".formatted(ROOT.relativize(file), named)));
      }
    }

    assertThat(missing).isEmpty();
  }

  /** CDK reads the app, and its own command, from what the build leaves behind. */
  @Test
  void everyPageThatPreparesAnAccountBuildsBeforeItCallsCdk() throws IOException {
    List<String> commands =
        pages().stream()
            .map(page -> COMMANDS.matcher(read(page)).results().map(MatchResult::group))
            .map(lines -> lines.collect(Collectors.joining("\n")))
            .filter(lines -> lines.contains("npx cdk bootstrap"))
            .toList();

    assertThat(commands)
        .isNotEmpty()
        .allSatisfy(
            lines ->
                assertThat(lines.substring(0, lines.indexOf("npx cdk")))
                    .containsPattern("mvn .*package"));
  }

  @Test
  void everyPageIsListed() throws IOException {
    String index = read(DOCS.resolve("README.md"));
    try (Stream<Path> pages = Files.list(DOCS)) {
      assertThat(
              pages
                  .map(page -> page.getFileName().toString())
                  .filter(name -> name.endsWith(".md") && !name.equals("README.md")))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
    }
  }

  @Test
  void everyDecisionHasTheSameFormAndIsListedByItsTitle() throws IOException {
    Path folder = DOCS.resolve("decisions");
    String index = read(folder.resolve("README.md"));
    List<Path> decisions =
        files(folder).stream().filter(file -> !file.endsWith("README.md")).toList();

    assertThat(decisions)
        .isNotEmpty()
        .allSatisfy(
            decision -> {
              String name = decision.getFileName().toString();
              String text = read(decision);
              assertThat(name).matches("\\d{4}-[a-z0-9-]+\\.md");
              assertThat(text)
                  .startsWith("# %s: ".formatted(name.substring(0, 4)))
                  .containsPattern("(?m)^Status: \\S.*Date: \\d{4}-\\d\\d-\\d\\d\\.")
                  .containsSubsequence("\n## Context\n", "\n## Decision\n", "\n## Consequences\n");
              assertThat(index)
                  .contains(
                      "| [%s](%s) | %s |"
                          .formatted(
                              name.substring(0, 4),
                              name,
                              text.substring("# 0000: ".length(), text.indexOf('\n'))));
            });
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(ROOT)) {
      return Stream.concat(top.filter(Files::isRegularFile), files(DOCS).stream())
          .filter(file -> file.toString().endsWith(".md"))
          .toList();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
