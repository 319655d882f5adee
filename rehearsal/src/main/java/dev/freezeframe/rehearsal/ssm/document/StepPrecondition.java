package dev.freezeframe.rehearsal.ssm.document;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ssm.model.PlatformType;

/**
 * What the agent makes of one operator of a step's precondition: {@code evaluatePreconditions} in
 * {@code agent/framework/runpluginutil/runpluginutil.go} of amazon-ssm-agent, branch by branch.
 */
enum StepPrecondition {
  MET,
  UNMET,
  UNKNOWN;

  private static final String PLATFORM = "platformType";

  /**
   * Evaluates an operator.
   *
   * @param operator its name and its operands
   * @param values of the parameters
   */
  static StepPrecondition of(
      Map.Entry<String, List<String>> operator, PlatformType platform, Map<String, String> values) {
    List<String> initial = operator.getValue();
    if (!operator.getKey().equals("StringEquals")
        || initial.size() != 2
        || initial.get(0).equals(initial.get(1))
        || initial.stream().anyMatch(one -> one.contains("ssm:") || one.contains("ssm-secure:"))) {
      return UNKNOWN;
    }
    List<String> resolved = initial.stream().map(one -> DocumentStep.resolve(one, values)).toList();
    int variable = initial.indexOf(PLATFORM);
    if (variable >= 0) {
      String wanted = initial.get(1 - variable);
      if (!resolved.get(1 - variable).equalsIgnoreCase(wanted)) {
        return UNKNOWN;
      }
      return wanted.equalsIgnoreCase(platform.toString()) ? MET : UNMET;
    }
    if (resolved.equals(initial)) {
      return UNKNOWN;
    }
    return resolved.get(0).equals(resolved.get(1)) ? MET : UNMET;
  }
}
