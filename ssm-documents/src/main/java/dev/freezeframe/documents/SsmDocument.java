package dev.freezeframe.documents;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** A document that this project ships, whole, as SSM takes it. */
public enum SsmDocument {
  FILESYSTEM,
  UNMOUNT,
  SYNC,
  PATCH,
  POSTGRESQL,
  MYSQL,
  TEMPLATE,
  WINDOWS_VSS,
  DRILL_FILESYSTEM,
  DRILL_POSTGRESQL,
  DRILL_MYSQL;

  /** Those that hold a guest still, or run around that: what the scripts of a policy may name. */
  public static List<SsmDocument> ofScripts() {
    return Arrays.stream(values()).filter(document -> !document.isDrill()).toList();
  }

  /** Whether it checks a set that was restored. Such a document holds nothing. */
  public boolean isDrill() {
    return name().startsWith("DRILL_");
  }

  /** The file's name without its ending, such as {@code windows-vss}. */
  public String fileName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The document's name in SSM. */
  public String ssmName() {
    return "freezeframe-" + fileName();
  }

  /** Every document as it is deployed, by its name in SSM. */
  public static SortedMap<String, String> allDeployed() {
    SortedMap<String, String> documents = new TreeMap<>();
    for (SsmDocument document : values()) {
      documents.put(document.ssmName(), document.deployed());
    }
    return Collections.unmodifiableSortedMap(documents);
  }

  /**
   * The document's JSON, to the byte as a template holds it; anyone who stands in for Systems
   * Manager stores this, and not the file that it was written as.
   */
  public String deployed() {
    try {
      return new JsonMapper().writeValueAsString(new YAMLMapper().readTree(content()));
    } catch (IOException broken) {
      throw new UncheckedIOException(ssmName() + ": expected YAML", broken);
    }
  }

  /** The document's YAML, its script in place. */
  String content() {
    String resource = "/ssm-documents/" + fileName() + ".yaml";
    try (InputStream in = SsmDocument.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "no resource " + resource + ": the build of ssm-documents writes it");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
