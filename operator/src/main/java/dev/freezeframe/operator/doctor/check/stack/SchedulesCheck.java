package dev.freezeframe.operator.doctor.check.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import dev.freezeframe.operator.doctor.check.stack.DeployedStack.Resource;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.task.trigger.ScheduleInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether the schedules are as they were deployed, and what was deployed are the policies. */
public final class SchedulesCheck {
  private static final String CHECK = "schedules";
  private static final String POLICIES = "policies";
  private static final String DEPLOY = "npx cdk deploy";
  private static final String PUT_BACK =
      "put it back in the EventBridge Scheduler console, or deploy again";

  /** What fires something that is no policy has a full stop in its name. */
  private static final String OTHERS = ".";

  private SchedulesCheck() {}

  /**
   * A schedule, as EventBridge Scheduler holds it.
   *
   * @param state {@code ENABLED} or {@code DISABLED}
   * @param input what its target is told
   */
  public record Schedule(
      String state, String expression, String zone, String target, String input) {}

  /**
   * Decides on each.
   *
   * @param schedules of the stack, and what the Scheduler holds; empty if there is no such name
   */
  public static Finding of(Map<Resource, Asked<Optional<Schedule>>> schedules) {
    Troubles troubles = new Troubles(CHECK);
    int paused = 0;
    for (Map.Entry<Resource, Asked<Optional<Schedule>>> entry : schedules.entrySet()) {
      Resource resource = entry.getKey();
      if (text(resource, "State").equals("DISABLED")) {
        paused++;
      }
      Optional<Optional<Schedule>> answer = troubles.answer(entry.getValue());
      if (answer.isEmpty()) {
        continue;
      }
      if (answer.get().isEmpty()) {
        troubles.fail("%s is gone".formatted(resource.physicalId()), DEPLOY);
        continue;
      }
      judge(resource, answer.get().get(), troubles);
    }
    if (schedules.isEmpty()) {
      troubles.fail("the stack has none", DEPLOY);
    }
    if (paused > 0 && paused == schedules.size()) {
      troubles.warn("all are deployed as disabled: nothing is backed up", "deploy without paused");
    }
    return troubles.orElse(
        "%s as deployed%s"
            .formatted(
                Troubles.count(schedules.size(), "schedule"),
                paused == 0 ? "" : ", %,d of them disabled".formatted(paused)));
  }

  private static void judge(Resource resource, Schedule found, Troubles troubles) {
    String name = resource.physicalId();
    String state = text(resource, "State");
    if (!found.state().equals(state)) {
      troubles.fail("%s is %s, deployed as %s".formatted(name, found.state(), state), PUT_BACK);
    }
    String expression = text(resource, "ScheduleExpression");
    String zone = text(resource, "ScheduleExpressionTimezone");
    if (!found.expression().equals(expression) || (!zone.isEmpty() && !found.zone().equals(zone))) {
      troubles.fail(
          "%s fires by %s in %s, deployed as %s in %s"
              .formatted(name, found.expression(), found.zone(), expression, zone),
          PUT_BACK);
    }
    Optional<String> target = resource.text("/Target/Arn");
    if (target.isPresent() && !found.target().equals(target.get())) {
      troubles.fail(
          "%s starts %s, deployed with %s".formatted(name, found.target(), target.get()), PUT_BACK);
    }
    Optional<String> input = resource.text("/Target/Input");
    if (input.isPresent() && !legible(found.input()).equals(legible(input.get()))) {
      troubles.fail("%s has another input than it was deployed with".formatted(name), PUT_BACK);
    }
  }

  /**
   * What is left of a text in a template that CloudFormation gives back: it puts a question mark
   * for each character beyond ASCII (cloudformation-coverage-roadmap, issues 814 and 1220).
   */
  private static String legible(String text) {
    return text.replaceAll("[^\\x00-\\x7f?]|\\?", "?").replaceAll("\\?+", "?");
  }

  /**
   * Whether the policies of the folder are those that were deployed.
   *
   * @param schedules of the stack, and what the Scheduler holds
   */
  public static Finding policies(
      List<Policy> policies,
      DeployedStack stack,
      Map<Resource, Asked<Optional<Schedule>>> schedules) {
    Troubles troubles = new Troubles(POLICIES);
    Map<String, Asked<Optional<Schedule>>> deployed = new TreeMap<>();
    schedules.forEach(
        (resource, asked) -> {
          if (!resource.physicalId().contains(OTHERS)) {
            deployed.put(resource.physicalId(), asked);
          }
        });
    Set<String> known = new TreeSet<>();
    for (Policy policy : policies) {
      String name = policy.name().value();
      known.add(name);
      if (!deployed.containsKey(name)) {
        notDeployed(name, stack.isReadInPart(), troubles);
      } else if (troubles
          .answer(deployed.get(name))
          .flatMap(found -> found)
          .filter(found -> !parsed(ScheduleInput.ofRun(policy)).equals(parsed(found.input())))
          .isPresent()) {
        troubles.warn("%s is deployed as it was before a change".formatted(name), DEPLOY);
      }
    }
    for (String name : deployed.keySet()) {
      if (!known.contains(name)) {
        troubles.warn(
            "%s is deployed, and not in the folder".formatted(name),
            "name the folder that was deployed with --policies, or deploy again");
      }
    }
    return troubles.orElse(
        "%s deployed as in the folder"
            .formatted(
                policies.size() == 1 ? "1 policy" : "%,d policies".formatted(policies.size())));
  }

  private static void notDeployed(String name, boolean readInPart, Troubles troubles) {
    if (readInPart) {
      troubles.warn(
          "%s is not deployed, or in a nested stack that could not be read".formatted(name),
          "see the check stack first");
    } else {
      troubles.warn("%s is not deployed".formatted(name), DEPLOY);
    }
  }

  private static String text(Resource resource, String property) {
    return resource.text("/" + property).orElse("");
  }

  private static Optional<JsonNode> parsed(String json) {
    try {
      return Optional.of(new ObjectMapper().readTree(json));
    } catch (JsonProcessingException other) {
      return Optional.empty();
    }
  }
}
