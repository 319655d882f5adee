package dev.freezeframe.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFileTest {
  private static final String TEXT = "{\"name\": \"Bücher \\ud83d\\udcda\"}";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "UTF-8, false",
    "UTF-8, true",
    "UTF-16LE, false",
    "UTF-16LE, true",
    "UTF-16BE, false",
    "UTF-16BE, true"
  })
  void readsWhatShellsAndEditorsWrite(String charset, boolean marked) throws IOException {
    byte[] bytes = ((marked ? "\uFEFF" : "") + TEXT).getBytes(Charset.forName(charset));
    assertThat(TextFile.read(file(bytes), 1_000)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "ä"})
  void readsShortFiles(String text) throws IOException {
    assertThat(TextFile.read(file(text.getBytes(StandardCharsets.UTF_8)), 10)).isEqualTo(text);
  }

  @Test
  void refusesBytesThatAreNoText() throws IOException {
    Path file = file(new byte[] {'a', (byte) 0xC3, '(', 'b'});
    assertThatThrownBy(() -> TextFile.read(file, 10)).hasMessage("no text in UTF-8 or UTF-16");
  }

  @Test
  void refusesHalfACharacterOfUtf16() throws IOException {
    Path file = file(new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'});
    assertThatThrownBy(() -> TextFile.read(file, 10)).hasMessage("no text in UTF-8 or UTF-16");
  }

  @Test
  void refusesWhatIsLargerThanAllowed() throws IOException {
    Path file = file(new byte[2_049]);
    assertThatThrownBy(() -> TextFile.read(file, 2_048)).hasMessage("larger than 2 KB");
  }

  @Test
  void saysWhetherThereIsNoFileOrAFolder() {
    assertThatThrownBy(() -> TextFile.read(folder.resolve("none"), 10)).hasMessage("missing");
    assertThatThrownBy(() -> TextFile.read(folder, 10)).hasMessage("a folder");
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("file"), bytes);
  }
}
