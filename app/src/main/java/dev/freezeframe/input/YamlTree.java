package dev.freezeframe.input;

import dev.freezeframe.common.Quoted;
import java.io.StringReader;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads text as one plain YAML document: no anchors, no aliases, no tags.
 *
 * <p>The tree stays what the text says: no object is built from it, so {@code yes} is not yet true
 * and {@code 010} not yet eight, and nothing that the text names is ever loaded.
 */
public final class YamlTree {
  static final Content UNSET =
      new YamlContent(new ScalarNode(Tag.NULL, "", null, null, ScalarStyle.PLAIN));

  private static final int DEEPEST = 10;

  private YamlTree() {}

  /**
   * Reads the root of the document.
   *
   * @param largest in characters
   * @param expected what was to be in it
   * @throws InvalidInputException with one fault, where the text is no such document
   */
  public static Entry parse(String text, Violations faults, int largest, String expected) {
    if (text.length() > largest) {
      String size = TextFile.size(largest);
      throw faults.unreadable("larger than " + size, size + " at most");
    }
    refuseControlCharacters(text, faults);
    try {
      inspect(text, faults);
      Node root = yaml(text).compose(new StringReader(text));
      if (root == null || new YamlContent(root).kind() == Content.Kind.UNSET) {
        throw faults.unreadable("empty", expected);
      }
      return new Entry(new YamlContent(root), faults);
    } catch (MarkedYAMLException notYaml) {
      throw faults.unreadable(
          "not YAML (line %d, column %d: %s)"
              .formatted(
                  notYaml.getProblemMark().getLine() + 1,
                  notYaml.getProblemMark().getColumn() + 1,
                  Quoted.escape(String.valueOf(notYaml.getProblem()))),
          expected(notYaml));
    } catch (YAMLException notYaml) {
      throw faults.unreadable(
          "not YAML (%s)".formatted(Quoted.escape(notYaml.getMessage())), "one YAML document");
    }
  }

  /** An asterisk and a question mark are YAML's own, and look like any other value. */
  private static String expected(MarkedYAMLException notYaml) {
    if (String.valueOf(notYaml.getContext()).endsWith("an alias")) {
      return "quotes around a value that begins with *";
    }
    return String.valueOf(notYaml.getProblem()).endsWith("got ?")
        ? "quotes around a value that holds a ?"
        : "one YAML document";
  }

  private static void refuseControlCharacters(String text, Violations faults) {
    int line = 1;
    for (int index = 0; index < text.length(); index = text.offsetByCodePoints(index, 1)) {
      int character = text.codePointAt(index);
      if (character == '\n') {
        line++;
      } else if (!StreamReader.isPrintable(character)) {
        String found = "not text (the control character U+%04X on line %d)";
        throw faults.unreadable(found.formatted(character, line), "one YAML document");
      }
    }
  }

  /** Looks at the text piece by piece, before a tree of it is built. */
  private static void inspect(String text, Violations faults) {
    int documents = 0;
    int depth = 0;
    for (Event event : yaml(text).parse(new StringReader(text))) {
      int line = event.getStartMark().getLine() + 1;
      if (event instanceof DocumentStartEvent && ++documents > 1) {
        throw faults.unreadable("several documents (the second on line " + line + ")", "one");
      }
      if (event instanceof NodeEvent node && (event instanceof AliasEvent || isAnchored(node))) {
        throw faults.unreadable(
            "using the YAML anchor '%s' (line %d)".formatted(Quoted.escape(node.getAnchor()), line),
            "plain values: anchors and aliases are not taken");
      }
      if (isTagged(event)) {
        throw faults.unreadable(
            "using a YAML tag (line %d)".formatted(line), "plain values: tags are not taken");
      }
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      if (depth > DEEPEST) {
        throw faults.unreadable("nested too deep (line " + line + ")", "4 levels at most");
      }
    }
  }

  private static boolean isAnchored(NodeEvent event) {
    return event.getAnchor() != null;
  }

  private static boolean isTagged(Event event) {
    if (event instanceof CollectionStartEvent collection) {
      return collection.getTag() != null;
    }
    return event instanceof ScalarEvent scalar && scalar.getTag() != null;
  }

  private static Yaml yaml(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(DEEPEST);
    options.setCodePointLimit(text.length() + 1);
    return new Yaml(new SafeConstructor(options));
  }
}
