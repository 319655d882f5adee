package dev.freezeframe.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a file as text: UTF-8, with or without a byte order mark, or UTF-16 as the {@code >} of
 * Windows PowerShell writes it.
 *
 * <p>UTF-16 is known by its byte order mark (the Unicode Standard, section 23.8), or by its first
 * character: what is read here begins with an ASCII character, so one of the first two bytes is
 * zero.
 */
public final class TextFile {
  private TextFile() {}

  /**
   * Reads a file.
   *
   * @param largest in bytes
   * @throws UnreadableFileException if it is missing, too large or no text
   */
  public static String read(Path file, int largest) {
    if (Files.notExists(file)) {
      throw new UnreadableFileException("missing");
    }
    if (Files.isDirectory(file)) {
      throw new UnreadableFileException("a folder");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(largest + 1);
      if (bytes.length > largest) {
        throw new UnreadableFileException("larger than %s".formatted(size(largest)));
      }
      return decode(bytes);
    } catch (IOException unreadable) {
      throw new UnreadableFileException("not readable");
    }
  }

  static String size(int bytes) {
    int mebibyte = 1 << 20;
    return bytes >= mebibyte ? bytes / mebibyte + " MB" : bytes / 1024 + " KB";
  }

  static String decode(byte[] bytes) {
    Charset charset = charset(bytes);
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException notText) {
      throw new UnreadableFileException("no text in UTF-8 or UTF-16");
    }
  }

  private static Charset charset(byte[] bytes) {
    if (bytes.length < 2) {
      return StandardCharsets.UTF_8;
    }
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    int mark = first << 8 | second;
    if (mark == 0xFFFE || (first != 0 && second == 0)) {
      return StandardCharsets.UTF_16LE;
    }
    if (mark == 0xFEFF || (first == 0 && second != 0)) {
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }
}
