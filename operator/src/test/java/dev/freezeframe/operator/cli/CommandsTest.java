package dev.freezeframe.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is built anew while it runs. */
class CommandsTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path classes;
  private Path loaded;

  @BeforeEach
  void makeClasses() throws IOException {
    classes = Files.createDirectories(folder.resolve("classes/dev")).getParent();
    loaded = Files.writeString(classes.resolve("dev/Loaded.class"), "");
  }

  private int run(Instant since, IntSupplier program) {
    return Commands.run(
        "rehearse",
        program,
        new ClassPath(List.of(classes), since),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static int withoutAClass() {
    throw new NoClassDefFoundError("dev/freezeframe/Gone");
  }

  private static Instant after(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant().plusSeconds(60);
  }

  @Test
  void itSaysInOneSentenceThatItsClassesWereBuiltAnew() throws IOException {
    assertThat(run(after(loaded).minusSeconds(120), CommandsTest::withoutAClass)).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "rehearse: %s was built anew while the program ran, expected no build of this clone meanwhile; start it again when Maven has ended\n"
                .formatted(classes));
  }

  @Test
  void classesThatAreGoneAreTakenForThatToo() throws IOException {
    Instant since = after(loaded);
    Files.delete(loaded);
    Files.delete(classes.resolve("dev"));
    Files.delete(classes);

    assertThat(run(since, CommandsTest::withoutAClass)).isEqualTo(2);
  }

  @Test
  void aClassThatIsMissingFromAnOldBuildIsADefect() throws IOException {
    Instant since = after(loaded);

    assertThatThrownBy(() -> run(since, CommandsTest::withoutAClass))
        .isInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void aProgramThatEndsEndsAsItSays() {
    assertThat(run(Instant.EPOCH, () -> 7)).isEqualTo(7);
    assertThat(err).hasToString("");
  }
}
