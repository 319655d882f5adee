package dev.freezeframe.operator.doctor.check.stack;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import dev.freezeframe.operator.doctor.check.stack.DeployedStack.Resource;
import java.util.Map;
import java.util.Optional;

/** Whether anything lies in the queues of what failed. */
public final class QueuesCheck {
  private static final String CHECK = "queues";

  private QueuesCheck() {}

  /**
   * Decides on each.
   *
   * @param queues of the stack, and how many messages each holds, in flight ones too; empty: there
   *     is no such queue
   */
  public static Finding of(Map<Resource, Asked<Optional<Long>>> queues) {
    Troubles troubles = new Troubles(CHECK);
    queues.forEach(
        (resource, asked) -> {
          String name = resource.physicalId().replaceFirst(".*/", "");
          troubles
              .answer(asked)
              .ifPresent(
                  messages -> {
                    if (messages.isEmpty()) {
                      troubles.fail("%s is gone".formatted(name), "npx cdk deploy");
                    } else if (messages.get() > 0) {
                      troubles.fail(
                          "%s in %s for a person"
                              .formatted(
                                  messages.get() == 1
                                      ? "1 message waits"
                                      : "%,d messages wait".formatted(messages.get()),
                                  name),
                          "read them; docs/operations.md says what to do for each queue");
                    }
                  });
        });
    if (queues.isEmpty()) {
      troubles.fail("the stack has none", "npx cdk deploy");
    }
    return troubles.orElse("%s, nothing waits".formatted(Troubles.count(queues.size(), "queue")));
  }
}
