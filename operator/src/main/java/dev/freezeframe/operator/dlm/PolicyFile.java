package dev.freezeframe.operator.dlm;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.input.InvalidInputException;
import dev.freezeframe.input.Violation;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes a policy as the file that a person would have written, and reads it back. */
final class PolicyFile {
  private static final int WIDTH = 98;

  private PolicyFile() {}

  /**
   * The file of a policy.
   *
   * @param source what it was converted from
   * @param fields as the reader knows them, in order
   * @param notes what has no counterpart, or means something else here
   * @throws BadInputException with every fault, if the reader refuses it
   */
  static ConvertedPolicy write(String source, Map<String, Object> fields, List<String> notes) {
    String body = yaml().dump(fields);
    Policy policy = read(source, fields.get("name") + ".yaml", body);
    StringBuilder head = new StringBuilder();
    comment(head, "# ", "Converted from " + source + ":");
    comment(head, "# ", policy.sentence());
    if (!notes.isEmpty()) {
      comment(
          head,
          "# ",
          "What has no counterpart, or means something else here (docs/migrating.md has replacements):");
      notes.forEach(note -> comment(head, "# - ", note));
    }
    return new ConvertedPolicy(policy, head + body);
  }

  private static Policy read(String source, String name, String body) {
    try {
      return new PolicyReader().read(name, body);
    } catch (InvalidInputException refused) {
      throw new BadInputException(
          refused.faults().stream().map(fault -> sentence(source, fault)).toList());
    }
  }

  private static String sentence(String source, Violation fault) {
    return "%s cannot be converted: %s would be %s, expected %s"
        .formatted(source, fault.field(), fault.found(), fault.expected());
  }

  /** Wraps at words; what DLM's texts hold stays in the comment. */
  private static void comment(StringBuilder head, String start, String text) {
    String next = " ".repeat(start.length() - 1);
    StringBuilder line = new StringBuilder(start);
    boolean empty = true;
    for (String word : LogSafe.of(text).split(" +", -1)) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        head.append(line).append('\n');
        line = new StringBuilder("#" + next);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    head.append(line).append('\n');
  }

  private static Yaml yaml() {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndent(2);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setSplitLines(false);
    options.setAllowUnicode(true);
    return new Yaml(options);
  }
}
