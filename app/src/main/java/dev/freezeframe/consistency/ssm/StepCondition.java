package dev.freezeframe.consistency.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the precondition of a step lets the agent run it, in a document of schema 2.2.
 *
 * <p>As the agent's source has it: {@code getStepExecutionOperation} and {@code
 * evaluatePreconditions} in {@code agent/framework/runpluginutil/runpluginutil.go} of
 * amazon-ssm-agent. {@code StringEquals} with two operands is all that it knows: one of them {@code
 * platformType}, or at least one with a parameter of the document.
 */
final class StepCondition {
  private static final String PLATFORM = "platformType";

  private final String platform;
  private final Map<String, String> values;

  /**
   * For one command on one guest.
   *
   * @param values of all parameters, by name
   */
  StepCondition(String platform, Map<String, String> values) {
    this.platform = platform;
    this.values = values;
  }

  /** Evaluates one operator of a precondition as the agent does. */
  private enum Operator {
    MET,
    UNMET,
    /** The step fails. */
    UNKNOWN
  }

  /**
   * Whether the step's precondition lets it run: it is not left out for it, nor does it fail. That
   * the agent has its plugin is another matter ({@link LeftOutSteps}).
   */
  boolean runs(JsonNode step) {
    return step.path("precondition").properties().stream()
        .allMatch(operator -> operator(operator.getKey(), operator.getValue()) == Operator.MET);
  }

  private Operator operator(String name, JsonNode operands) {
    if (!name.equals("StringEquals") || operands.size() != 2) {
      return Operator.UNKNOWN;
    }
    String first = operands.path(0).asText();
    String second = operands.path(1).asText();
    if (first.equals(second)) {
      return Operator.UNKNOWN;
    }
    if (first.equals(PLATFORM) || second.equals(PLATFORM)) {
      return platform(first.equals(PLATFORM) ? second : first);
    }
    String left = resolved(first);
    String right = resolved(second);
    if (left.equals(first) && right.equals(second)) {
      return Operator.UNKNOWN;
    }
    return left.equals(right) ? Operator.MET : Operator.UNMET;
  }

  private Operator platform(String wanted) {
    if (!resolved(wanted).equalsIgnoreCase(wanted)) {
      return Operator.UNKNOWN;
    }
    return wanted.equalsIgnoreCase(platform) ? Operator.MET : Operator.UNMET;
  }

  private String resolved(String operand) {
    String resolved = operand;
    for (Map.Entry<String, String> value : values.entrySet()) {
      resolved =
          resolved.replaceAll(
              "\\{\\{\\s*" + Pattern.quote(value.getKey()) + "\\s*}}",
              Matcher.quoteReplacement(value.getValue()));
    }
    return resolved;
  }
}
