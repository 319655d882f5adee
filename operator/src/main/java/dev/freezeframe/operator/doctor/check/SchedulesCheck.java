package dev.freezeframe.operator.doctor.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freezeframe.lambda.ScheduleInput;
import dev.freezeframe.operator.doctor.check.DeployedStack.Resource;
import dev.freezeframe.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether the schedules are as they were deployed, and what was deployed are the policies. */
public final class SchedulesCheck {
  private static final String CHECK = "schedules";
  private static final String POLICIES = "policies";
  private static final String DEPLOY = "npx cdk deploy";

  /** What fires something that is no policy has a full stop in its name. */
  private static final String OTHERS = ".";

  private SchedulesCheck() {}

  /**
   * A schedule, as EventBridge Scheduler holds it.
   *
   * @param state {@code ENABLED} or {@code DISABLED}
   */
  public record Schedule(String state, String expression, String zone, String target) {}

  /**
   * Decides on each.
   *
   * @param schedules of the stack, and what the Scheduler holds; empty: there is none of that name
   */
  public static Finding of(
      DeployedStack stack, Map<Resource, Asked<Optional<Schedule>>> schedules) {
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
      judge(stack, resource, answer.get().get(), troubles);
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

  private static void judge(
      DeployedStack stack, Resource resource, Schedule found, Troubles troubles) {
    String name = resource.physicalId();
    String state = text(resource, "State");
    if (!found.state().equals(state)) {
      troubles.fail(
          "%s is %s, deployed as %s".formatted(name, found.state(), state),
          "put it back in the EventBridge Scheduler console, or deploy again");
    }
    String expression = text(resource, "ScheduleExpression");
    String zone = text(resource, "ScheduleExpressionTimezone");
    if (!found.expression().equals(expression) || (!zone.isEmpty() && !found.zone().equals(zone))) {
      troubles.fail(
          "%s fires by %s in %s, deployed as %s in %s"
              .formatted(name, found.expression(), found.zone(), expression, zone),
          "put it back in the EventBridge Scheduler console, or deploy again");
    }
    Optional<String> target = stack.text(resource.properties().at("/Target/Arn"));
    if (target.isPresent() && !found.target().equals(target.get())) {
      troubles.fail(
          "%s starts %s, deployed with %s".formatted(name, found.target(), target.get()),
          "put it back in the EventBridge Scheduler console, or deploy again");
    }
  }

  /** Whether the policies of the folder are those that were deployed. */
  public static Finding policies(List<Policy> policies, List<Resource> schedules) {
    Troubles troubles = new Troubles(POLICIES);
    Map<String, Resource> deployed =
        schedules.stream()
            .filter(schedule -> !text(schedule, "Name").contains(OTHERS))
            .collect(Collectors.toMap(schedule -> text(schedule, "Name"), schedule -> schedule));
    Set<String> known = new TreeSet<>();
    for (Policy policy : policies) {
      String name = policy.name().value();
      known.add(name);
      Resource schedule = deployed.get(name);
      if (schedule == null) {
        troubles.warn("%s is not deployed".formatted(name), DEPLOY);
      } else if (!parsed(ScheduleInput.ofRun(policy))
          .equals(parsed(text(schedule, "Target/Input")))) {
        troubles.warn("%s is deployed as it was before a change".formatted(name), DEPLOY);
      }
    }
    for (String name : new TreeSet<>(deployed.keySet())) {
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

  private static String text(Resource resource, String property) {
    return resource.properties().at("/" + property).asText();
  }

  private static Optional<JsonNode> parsed(String json) {
    try {
      return Optional.of(new ObjectMapper().readTree(json));
    } catch (JsonProcessingException other) {
      return Optional.empty();
    }
  }
}
