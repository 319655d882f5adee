package dev.freezeframe.ledger.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A scan costs by what is kept, not by what is asked: no source of the project makes one. */
class DynamoLedgerNeverScansTest {
  private static final Path ROOT = Path.of(System.getProperty("freezeframe.root"));
  private static final Pattern SCAN =
      Pattern.compile("ScanRequest|\\.scan(Paginator)?\\(|::scan|ExecuteStatement");

  @Test
  void noTaskScans() throws IOException {
    List<Path> sources = javaFiles(ROOT.resolve("app/src/main/java"));

    assertThat(sources).isNotEmpty().noneMatch(DynamoLedgerNeverScansTest::scans);
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static boolean scans(Path file) {
    try {
      return SCAN.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
