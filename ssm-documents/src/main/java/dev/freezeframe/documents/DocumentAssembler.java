package dev.freezeframe.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins a document with its script, and the script with the shell library.
 *
 * <p>A line {@code # include FILE} stands for that file's lines, each indented as the line is. The
 * name counts from the folder of the file that has the line.
 *
 * <p>Systems Manager takes 64 KB: the comments, blank lines and indentation of shell scripts stay
 * behind, but for those of the template, which is there to be read.
 */
public final class DocumentAssembler {

  private static final Pattern INCLUDE = Pattern.compile("( *)# include (\\S+)");
  private static final Pattern COMMENT = Pattern.compile(" *(# (?!shellcheck disable=).*|#)?");

  /** Why a check is off stays behind as well. */
  private static final Pattern REASON = Pattern.compile("^(# shellcheck disable=\\S+) # .*");

  private DocumentAssembler() {}

  /**
   * Writes every document of a folder.
   *
   * @param arguments the folder of the documents, and the one to write to
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(
          "wanted the folder of the documents and the one to write to, received "
              + List.of(arguments));
    }
    Path target = Files.createDirectories(Path.of(arguments[1]));
    for (SsmDocument document : SsmDocument.values()) {
      String file = document.fileName() + ".yaml";
      Files.writeString(target.resolve(file), assemble(Path.of(arguments[0]).resolve(file)));
    }
  }

  /** The text of a file with everything that it includes. */
  static String assemble(Path file) throws IOException {
    return String.join("\n", lines(file, "", List.of())) + "\n";
  }

  private static List<String> lines(Path file, String indent, List<Path> includedFrom)
      throws IOException {
    if (includedFrom.contains(file)) {
      throw new IllegalArgumentException(file + " includes itself, by way of " + includedFrom);
    }
    List<Path> path = new ArrayList<>(includedFrom);
    path.add(file);
    boolean script = file.toString().endsWith(".sh") && !file.endsWith("template.sh");
    List<String> lines = new ArrayList<>();
    for (String line : read(file, includedFrom)) {
      Matcher include = INCLUDE.matcher(line);
      if (include.matches()) {
        Path included = file.resolveSibling(include.group(2)).normalize();
        lines.addAll(lines(included, indent + include.group(1), path));
      } else if (!(script && COMMENT.matcher(line).matches())) {
        String text = script ? REASON.matcher(line.stripLeading()).replaceFirst("$1") : line;
        lines.add(text.isEmpty() ? text : indent + text);
      }
    }
    return lines;
  }

  private static List<String> read(Path file, List<Path> includedFrom) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          file + " does not exist" + (includedFrom.isEmpty() ? "" : ", wanted by " + includedFrom),
          e);
    }
  }
}
