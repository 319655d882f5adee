package dev.freezeframe.task.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The step of a task, written in another language: {@code app/src/test/startup}.
 *
 * @param task whose input it reads
 * @param name as the table has it
 * @param command up to the input
 */
record OtherLanguage(String task, String name, List<String> command) {

  /** Of a file with a line for each: task, name and command, with a {@code |} between. */
  static List<OtherLanguage> read(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(OtherLanguage::parse).toList();
  }

  private static OtherLanguage parse(String line) {
    String[] parts = line.split("\\|", -1);
    return new OtherLanguage(parts[0], parts[1], List.of(parts[2].split(" ")));
  }

  /** The whole command line. */
  List<String> of(Path input) {
    List<String> whole = new ArrayList<>(command);
    whole.add(input.toString());
    return whole;
  }
}
