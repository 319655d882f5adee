package dev.freezeframe.rehearsal.ssm.document;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentVersionException;

/** The documents of the account, all versions of each; the latest is the default. */
public final class Documents {
  private final SortedMap<String, List<SsmDocument>> versions = new TreeMap<>();
  private final Map<String, HoldDescription> descriptions = new HashMap<>();

  /** Takes over what someone says of a document that is put afterwards. */
  public void describe(String name, HoldDescription said) {
    descriptions.put(name, said);
  }

  /** Those that do not say what they hold, of some. */
  public List<String> assumed(Collection<String> names) {
    return names.stream()
        .filter(name -> versions.containsKey(name))
        .filter(
            name -> find(name, null).steps().stream().anyMatch(step -> step.behaviour().assumed()))
        .sorted()
        .toList();
  }

  public void put(String name, String content, Instant now) {
    List<SsmDocument> known = versions.computeIfAbsent(name, key -> new ArrayList<>());
    known.add(
        SsmDocument.parse(
            name,
            String.valueOf(known.size() + 1),
            content,
            now,
            Optional.ofNullable(descriptions.get(name))));
  }

  /**
   * Finds a version.
   *
   * @param nameOrArn as a caller gave it
   * @param version null, {@code $DEFAULT}, {@code $LATEST} or a number
   */
  public SsmDocument find(String nameOrArn, String version) {
    String name = nameOrArn == null ? "" : nameOrArn.replaceFirst("^arn:.*:document/", "");
    List<SsmDocument> known = versions.get(name);
    if (known == null) {
      throw SsmRefusal.of(
          InvalidDocumentException.builder(),
          "InvalidDocument",
          "Document with name " + name + " does not exist.");
    }
    if (version == null || version.equals("$DEFAULT") || version.equals("$LATEST")) {
      return known.get(known.size() - 1);
    }
    return known.stream()
        .filter(document -> document.version().equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                SsmRefusal.of(
                    InvalidDocumentVersionException.builder(),
                    "InvalidDocumentVersion",
                    "Version %s of document %s does not exist.".formatted(version, name)));
  }

  public String latest(String name) {
    return find(name, null).version();
  }
}
