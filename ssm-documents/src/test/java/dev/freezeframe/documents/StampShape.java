package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which stamps a script prints, with which keys: {@code event(key key) event(key)}.
 *
 * <p>They stand in golden files, {@code DOCUMENT COMMAND CODE: SHAPE} in a line. The guests of the
 * rehearsal are held to the first one.
 */
final class StampShape {

  private static final List<Path> GOLDEN =
      List.of(
          Path.of("src/test/resources/golden/stamps.txt"),
          Path.of("src/test/resources/golden/stamps-unmount.txt"),
          Path.of("src/test/resources/golden/stamps-drill.txt"));

  private StampShape() {}

  static void assertGolden(SsmDocument document, String command, Answer answer) {
    assertGolden(document.fileName(), command, answer);
  }

  static void assertGolden(String document, String command, Answer answer) {
    String line = "%s %s %d: %s".formatted(document, command, answer.exitCode(), of(answer));
    assertThat(golden()).as(answer.output()).contains(line);
  }

  private static String of(Answer answer) {
    return answer.stamps().stream().map(StampShape::of).collect(Collectors.joining(" "));
  }

  private static String of(Stamp stamp) {
    List<String> keys = new ArrayList<>(stamp.values().keySet());
    assertThat(keys).startsWith("execution", "document");
    return stamp.event() + keys.stream().skip(2).collect(Collectors.joining(" ", "(", ")"));
  }

  private static List<String> golden() {
    List<String> lines = new ArrayList<>();
    try {
      for (Path file : GOLDEN) {
        lines.addAll(Files.readAllLines(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }
}
