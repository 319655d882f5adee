package dev.freezeframe.operator.doctor.check;

import java.util.Optional;
import java.util.Set;

/** Whether the stack is there and whole. */
public final class StackCheck {
  private static final String CHECK = "stack";
  private static final Set<String> WHOLE =
      Set.of("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE");

  private StackCheck() {}

  /**
   * Decides.
   *
   * @param name of the stack
   * @param asked empty: there is none of that name
   */
  public static Finding of(String name, Asked<Optional<DeployedStack>> asked) {
    if (asked.value().isEmpty()) {
      return Finding.unanswered(CHECK, asked);
    }
    if (asked.value().get().isEmpty()) {
      return Finding.warn(
          CHECK,
          "there is no stack %s here yet; what it should hold was not looked at".formatted(name),
          "npx cdk deploy, or name it with --stack");
    }
    DeployedStack stack = asked.value().get().get();
    String found =
        "%s is %s, %s"
            .formatted(name, stack.status(), Troubles.count(stack.resources().size(), "resource"));
    if (WHOLE.contains(stack.status())) {
      return Finding.pass(CHECK, found);
    }
    return stack.status().endsWith("_IN_PROGRESS")
        ? Finding.warn(CHECK, found, "wait for the deployment to end, and run it again")
        : Finding.fail(
            CHECK,
            found,
            "read the stack's events in the CloudFormation console, and deploy again");
  }
}
