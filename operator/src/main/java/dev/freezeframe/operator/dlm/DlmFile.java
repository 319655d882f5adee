package dev.freezeframe.operator.dlm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freezeframe.input.TextFile;
import dev.freezeframe.input.UnreadableFileException;
import dev.freezeframe.operator.cli.BadInputException;
import java.nio.file.Path;

/** Reads what {@code aws dlm get-lifecycle-policy} printed. */
final class DlmFile {
  private static final int MAX_SIZE = 1 << 20;
  private static final String EXPECTED = "the JSON that `aws dlm get-lifecycle-policy` prints";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private DlmFile() {}

  /**
   * Reads a file.
   *
   * @throws BadInputException if it is not there, or no JSON object
   */
  static DlmObject read(Path file) {
    String text = text(file);
    if (text.isBlank()) {
      throw new BadInputException("%s is empty, expected %s".formatted(file, EXPECTED));
    }
    try {
      return DlmObject.root(file.toString(), MAPPER.readTree(text));
    } catch (JsonProcessingException notJson) {
      throw new BadInputException(
          "%s is not JSON (line %d: %s), expected %s"
              .formatted(
                  file,
                  notJson.getLocation() == null ? 1 : notJson.getLocation().getLineNr(),
                  notJson.getOriginalMessage(),
                  EXPECTED));
    }
  }

  private static String text(Path file) {
    try {
      return TextFile.read(file, MAX_SIZE);
    } catch (UnreadableFileException unreadable) {
      throw new BadInputException(
          "%s is %s, expected %s".formatted(file, unreadable.getMessage(), EXPECTED));
    }
  }
}
