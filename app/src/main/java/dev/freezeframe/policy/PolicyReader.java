package dev.freezeframe.policy;

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
    Faults faults = new Faults(file.toString());
    return read(PolicyText.read(file, faults), faults);
  }

  /**
   * Reads a text.
   *
   * @param fileName stands in front of each fault
   * @throws InvalidPolicyException with every fault
   */
  public Policy read(String fileName, String yaml) {
    Faults faults = new Faults(fileName);
    PolicyText.refuseTooLarge(yaml.length(), faults);
    return read(yaml, faults);
  }

  private static Policy read(String yaml, Faults faults) {
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
