package dev.freezeframe.rehearsal.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real browser that looks at a page: Chromium without a window, led by {@code look.mjs}. */
public final class Browser {
  private final Path node;
  private final Path chromium;

  private Browser(Path node, Path chromium) {
    this.node = node;
    this.chromium = chromium;
  }

  /** The browser of this machine; without one, the test that asks is skipped and says why. */
  public static Browser orSkip() {
    return new Browser(command("node"), command("chromium"));
  }

  private static Path command(String name) {
    Optional<Path> found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    String otherwise =
        "no %s on the PATH, so nobody looks at the report in a browser; .ci/packages installs chromium"
            .formatted(name);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found).as("CI skips no test: " + otherwise).isPresent();
    }
    Assumptions.assumeTrue(found.isPresent(), "skipped: " + otherwise);
    return found.orElseThrow();
  }

  /** What was looked at, and what is wrong with it, a line each. */
  public List<String> lookAt(Path page) {
    try {
      Process process =
          new ProcessBuilder(
                  node.toString(), script().toString(), chromium.toString(), page.toString())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return Stream.concat(output.lines(), Stream.of("exit status " + process.waitFor())).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static Path script() {
    return Path.of(
        System.getProperty("freezeframe.root"),
        "rehearsal/src/test/resources/dev/freezeframe/rehearsal/report/look.mjs");
  }
}
