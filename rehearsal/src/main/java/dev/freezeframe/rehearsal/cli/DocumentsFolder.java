package dev.freezeframe.rehearsal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.consistency.ssm.DocumentContract;
import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.input.DidYouMean;
import dev.freezeframe.input.TextFile;
import dev.freezeframe.input.UnreadableFileException;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.rehearsal.document.DocumentException;
import dev.freezeframe.rehearsal.document.DocumentSchema;
import dev.freezeframe.rehearsal.document.DocumentText;
import dev.freezeframe.rehearsal.ssm.document.HoldDescription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The SSM documents that a rehearsal has: ours, and of a folder the one that the policy names.
 * Other files of the folder are not read, so that one that is broken stops nothing.
 */
final class DocumentsFolder {
  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

  /** As CreateDocument takes it; a shared one has an ARN, which ends in its name. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_\\-.]{3,128}");

  /** In bytes; what a document may have is less, and said by {@link DocumentText}. */
  private static final int MAX_SIZE = 1 << 20;

  private DocumentsFolder() {}

  /** Reads them from the folder that {@code --documents} names; null: none was given. */
  static Map<String, String> read(Path folder, Policy policy) {
    return read("--documents", folder, policy);
  }

  /**
   * Reads them.
   *
   * @param named what names the folder, for what is wrong with it
   * @param folder null: none was given
   * @return contents by name
   * @throws BadInputException if the folder or the document that the policy names cannot be used
   */
  static Map<String, String> read(String named, Path folder, Policy policy) {
    Map<String, String> documents = new TreeMap<>(SsmDocument.allDeployed());
    if (folder == null) {
      policy
          .scripts()
          .map(Scripts::document)
          .ifPresent(document -> refuseUnknown(document, documents));
      return documents;
    }
    if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
      throw new BadInputException(
          "%s: expected a folder of SSM documents that can be read, found %s"
              .formatted(named, folder));
    }
    policy
        .scripts()
        .map(Scripts::document)
        .ifPresent(document -> add(named, folder, document, documents));
    return documents;
  }

  /** As a deployment refuses it: a name that nobody knows is a misspelt one. */
  private static void refuseUnknown(String named, Map<String, String> documents) {
    String name = name(named);
    if (!documents.containsKey(name)) {
      throw new BadInputException(
          "scripts.document is %s, expected %s, or a document of your own in a folder named by --documents"
              .formatted(
                  name,
                  DidYouMean.to(name, documents.keySet())
                      .orElseGet(() -> "one of " + String.join(", ", documents.keySet()))));
    }
  }

  /** Of an ARN, its end. */
  static String name(String named) {
    return named.replaceFirst("^arn:.*:document/", "");
  }

  private static void add(String named, Path folder, String wanted, Map<String, String> documents) {
    String name = name(wanted);
    Optional<Path> document = find(named, folder, name, ENDINGS);
    document.ifPresent(file -> documents.put(name, document(file)));
    if (!documents.containsKey(name)) {
      throw new BadInputException(
          "%s: the policy's document %s is missing, expected %s in %s"
              .formatted(
                  named,
                  name,
                  ENDINGS.stream().map(name::concat).collect(Collectors.joining(" or ")),
                  folder));
    }
    String description = name + HoldDescription.SUFFIX;
    find(named, folder, description, List.of(".yaml", ".yml"))
        .ifPresent(file -> documents.put(description, description(file)));
  }

  /** The one file of a name; two with different endings are refused. */
  private static Optional<Path> find(String named, Path folder, String name, List<String> endings) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    List<Path> found =
        endings.stream()
            .map(ending -> folder.resolve(name + ending))
            .filter(Files::exists)
            .toList();
    if (found.size() > 1) {
      throw new BadInputException(
          "%s: %s and %s are both there, expected one of them"
              .formatted(named, found.get(0), found.get(1)));
    }
    return found.stream().findFirst();
  }

  private static String document(Path file) {
    String text = text(file);
    try {
      JsonNode tree =
          file.toString().endsWith(".json") ? DocumentText.json(text) : DocumentText.parse(text);
      DocumentSchema.check(tree);
      refuseBreaches(file, tree);
      ShellSyntax.error(tree)
          .ifPresent(
              error -> {
                throw new BadInputException(
                    "%s: %s, expected a script that bash -n takes".formatted(file, error));
              });
      return text;
    } catch (DocumentException wrong) {
      throw new BadInputException("%s: %s".formatted(file, wrong.getMessage()));
    }
  }

  /** Each backup would fall back, or fail, for the same reason. */
  private static void refuseBreaches(Path file, JsonNode document) {
    List<String> breaches = DocumentContract.breaches(document);
    if (!breaches.isEmpty()) {
      throw new BadInputException(
          "%s: %s; no script of it would be run (docs/ssm-documents.md, a document of your own)"
              .formatted(file, String.join("; ", breaches)));
    }
  }

  private static String description(Path file) {
    String text = text(file);
    try {
      HoldDescription.read(file.toString(), text);
      return text;
    } catch (IllegalArgumentException wrong) {
      throw new BadInputException(wrong.getMessage());
    }
  }

  private static String text(Path file) {
    try {
      return TextFile.read(file, MAX_SIZE);
    } catch (UnreadableFileException unreadable) {
      throw new BadInputException(
          "%s is %s, expected an SSM document".formatted(file, unreadable.getMessage()));
    }
  }
}
