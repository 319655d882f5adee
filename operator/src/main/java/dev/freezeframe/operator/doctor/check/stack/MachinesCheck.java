package dev.freezeframe.operator.doctor.check.stack;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import dev.freezeframe.operator.doctor.check.stack.DeployedStack.Resource;
import java.util.Map;
import java.util.Optional;

/** Whether the state machines can be started. */
public final class MachinesCheck {
  private static final String CHECK = "state machines";
  private static final String DEPLOY = "npx cdk deploy";

  private MachinesCheck() {}

  /**
   * Decides on each.
   *
   * @param machines of the stack, and Step Functions' word on each, such as {@code ACTIVE}; empty:
   *     none exists
   */
  public static Finding of(Map<Resource, Asked<Optional<String>>> machines) {
    Troubles troubles = new Troubles(CHECK);
    machines.forEach(
        (resource, asked) ->
            troubles
                .answer(asked)
                .filter(status -> !status.equals(Optional.of("ACTIVE")))
                .ifPresent(
                    status ->
                        troubles.fail(
                            "%s is %s"
                                .formatted(
                                    resource.physicalId().replaceFirst(".*:", ""),
                                    status.orElse("gone")),
                            DEPLOY)));
    if (machines.isEmpty()) {
      troubles.fail("the stack has none", DEPLOY);
    }
    return troubles.orElse("%s active".formatted(Troubles.count(machines.size(), "state machine")));
  }
}
