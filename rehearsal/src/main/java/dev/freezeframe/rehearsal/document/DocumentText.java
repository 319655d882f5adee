package dev.freezeframe.rehearsal.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.freezeframe.common.LogSafe;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads the text of a document as a tree: one JSON object, or one YAML mapping without anchors and
 * tags. No field may be there twice. What Systems Manager makes of anchors, tags and doubled fields
 * is undocumented: harsher side taken.
 */
public final class DocumentText {
  /** In bytes: "Document content, 64 KB", of Systems Manager's quotas. */
  private static final int MAX_SIZE = 64 * 1024;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private DocumentText() {}

  /** Whether a text is JSON; anyone who creates a document says so, here it is told by trying. */
  public static boolean isJson(String text) {
    try {
      return looksLikeJson(text) && JSON.readTree(text).isObject();
    } catch (JsonProcessingException flowYaml) {
      return false;
    }
  }

  /**
   * Reads JSON or YAML.
   *
   * @throws DocumentException if it is neither
   */
  public static JsonNode parse(String text) {
    return isJson(text) ? json(text) : yaml(text);
  }

  /**
   * Reads JSON; tabs are valid in it.
   *
   * @throws DocumentException if it is not one
   */
  public static JsonNode json(String text) {
    return read(text, JSON, "JSON");
  }

  /**
   * Reads YAML.
   *
   * @throws DocumentException if it is not one
   */
  public static JsonNode yaml(String text) {
    return read(text, YAML, "YAML");
  }

  private static boolean looksLikeJson(String text) {
    return text.stripLeading().startsWith("{");
  }

  private static JsonNode read(String text, ObjectMapper mapper, String format) {
    if (text.isBlank()) {
      throw new DocumentException("it is empty, expected " + format);
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_SIZE) {
      throw new DocumentException(
          "it is larger than 64 KB, which is all that Systems Manager takes");
    }
    try {
      if (mapper == YAML) {
        refuseAnchorsAndTags(text);
      }
      JsonNode tree = mapper.readTree(text);
      if (tree == null || !tree.isObject()) {
        throw new DocumentException("it is no mapping, expected one in " + format);
      }
      return tree;
    } catch (JsonProcessingException wrong) {
      throw new DocumentException(
          "it is no %s%s".formatted(format, because(where(wrong), wrong.getOriginalMessage())));
    } catch (YAMLException wrong) {
      throw new DocumentException("it is no YAML" + because(where(wrong, text), words(wrong)));
    }
  }

  private static String where(JsonProcessingException wrong) {
    return wrong.getLocation() == null
        ? ""
        : "line %d, column %d: "
            .formatted(wrong.getLocation().getLineNr(), wrong.getLocation().getColumnNr());
  }

  private static String where(YAMLException wrong, String text) {
    if (wrong instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      Mark mark = marked.getProblemMark();
      return "line %d, column %d: ".formatted(mark.getLine() + 1, mark.getColumn() + 1);
    }
    if (wrong instanceof ReaderException unreadable) {
      int end = Math.min(unreadable.getPosition(), text.length());
      return "line %d: "
          .formatted(text.substring(0, end).chars().filter(c -> c == '\n').count() + 1);
    }
    return "";
  }

  /** Without the place, which is said already. */
  private static String words(YAMLException wrong) {
    return wrong instanceof MarkedYAMLException marked ? marked.getProblem() : wrong.getMessage();
  }

  /** The parsers go on with the lines around; the first says it. */
  private static String because(String where, String message) {
    String first = String.valueOf(message).strip().lines().findFirst().orElse("");
    return " (%s%s)".formatted(where, LogSafe.of(first, 200));
  }

  private static void refuseAnchorsAndTags(String text) {
    for (Event event : new Yaml(new LoaderOptions()).parse(new StringReader(text))) {
      int line = event.getStartMark().getLine() + 1;
      boolean anchored =
          event instanceof AliasEvent
              || (event instanceof CollectionStartEvent start && start.getAnchor() != null)
              || (event instanceof ScalarEvent scalar && scalar.getAnchor() != null);
      if (anchored) {
        throw new DocumentException(
            "it uses a YAML anchor (line %d), expected plain values".formatted(line));
      }
      boolean tagged =
          (event instanceof CollectionStartEvent start && start.getTag() != null)
              || (event instanceof ScalarEvent scalar && scalar.getTag() != null);
      if (tagged) {
        throw new DocumentException(
            "it uses a YAML tag (line %d), expected plain values".formatted(line));
      }
    }
  }
}
