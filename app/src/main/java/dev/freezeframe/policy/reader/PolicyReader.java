package dev.freezeframe.policy.reader;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.field.Entry;
import dev.freezeframe.policy.field.Flag;
import dev.freezeframe.policy.field.InvalidPolicyException;
import dev.freezeframe.policy.field.PolicyNameField;
import dev.freezeframe.policy.field.Section;
import dev.freezeframe.policy.field.Violations;
import dev.freezeframe.policy.field.YamlTree;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a policy from YAML. Whatever is wrong is named at once, and nothing half right is returned.
 */
public final class PolicyReader {
  static final List<String> FIELDS =
      List.of(
          "name",
          "enabled",
          "targets",
          "schedule",
          "volumes",
          "scripts",
          "retention",
          "tags",
          "pacing",
          "completion");

  /**
   * Reads a file.
   *
   * @throws InvalidPolicyException with every fault, also if there is no such file
   */
  public Policy read(Path file) {
    Violations faults = new Violations(file.toString());
    return read(PolicyText.read(file, faults), faults);
  }

  /**
   * Reads a text.
   *
   * @param fileName stands in front of each fault
   * @throws InvalidPolicyException with every fault
   */
  public Policy read(String fileName, String yaml) {
    Violations faults = new Violations(fileName);
    PolicyText.refuseTooLarge(yaml.length(), faults);
    return read(yaml, faults);
  }

  private static Policy read(String yaml, Violations faults) {
    Section policy = new Section(new Entry("", YamlTree.parse(yaml, faults), faults), FIELDS);
    policy.require("name", PolicyName.FORM_IN_WORDS);
    PolicyName name = policy.read("name", new PolicyNameField()).orElse(PolicyNameField.UNKNOWN);
    Policy read =
        new Policy(
            name,
            policy.read("enabled", Flag.EITHER).orElse(true),
            TargetsReader.read(policy),
            ScheduleReader.read(policy.section("schedule", ScheduleReader.FIELDS)),
            VolumesReader.read(policy.section("volumes", VolumesReader.FIELDS)),
            ScriptsReader.read(policy),
            RetentionReader.read(policy.section("retention", RetentionReader.FIELDS)),
            TaggingReader.read(policy.section("tags", TaggingReader.FIELDS)),
            PacingReader.read(policy.section("pacing", PacingReader.FIELDS)),
            CompletionReader.read(policy.section("completion", CompletionReader.FIELDS)));
    faults.raise();
    if (PolicyLimits.tagBytes(read) > PolicyLimits.TAG_BYTES) {
      throw faults.unreadable(
          "holding %d bytes of tags".formatted(PolicyLimits.tagBytes(read)),
          PolicyLimits.TAG_WORDS);
    }
    return read;
  }
}
