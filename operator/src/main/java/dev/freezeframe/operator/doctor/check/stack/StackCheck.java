package dev.freezeframe.operator.doctor.check.stack;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Whether the stack is there and whole, and each that is nested in it. */
public final class StackCheck {
  private static final String CHECK = "stack";
  private static final Set<String> WHOLE =
      Set.of("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE");
  private static final String EVENTS =
      "read the stack's events in the CloudFormation console, and deploy again";
  private static final String WAIT = "wait for the deployment to end, and run it again";
  private static final String APART =
      "deploy without what is in it (a policy: without its file), then with it again: CloudFormation"
          + " does not make a nested stack again that was deleted apart from its parent";

  private StackCheck() {}

  /**
   * Decides.
   *
   * @param name of the stack
   * @param asked empty if there is no such name
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
    if (stack.parent().isPresent()) {
      return Finding.fail(
          CHECK,
          "%s is nested in %s, and only a part".formatted(name, stack.parent().get()),
          "--stack " + stack.parent().get());
    }
    Troubles troubles = new Troubles(CHECK);
    String found = "%s is %s".formatted(name, stack.status());
    if (isUnderWay(stack)) {
      troubles.warn(found, WAIT);
    } else if (!WHOLE.contains(stack.status())) {
      troubles.fail(found, EVENTS);
    }
    judgeNested(stack, isUnderWay(stack), troubles);
    return troubles.orElse(
        "%s, %s%s"
            .formatted(
                found,
                Troubles.count(
                    stack.whole().mapToLong(one -> one.resources().size()).sum(), "resource"),
                nested(stack.whole().count() - 1)));
  }

  private static String nested(long stacks) {
    return stacks == 0 ? "" : " in it and %s".formatted(Troubles.count(stacks, "nested stack"));
  }

  private static boolean isUnderWay(DeployedStack stack) {
    return stack.status().endsWith("_IN_PROGRESS");
  }

  /**
   * Whether those that are nested in a stack are there and whole.
   *
   * @param underWay whether a deployment is: then what is not there yet may still come, and what is
   *     being deleted may be meant to go
   */
  private static void judgeNested(DeployedStack stack, boolean underWay, Troubles troubles) {
    Map<String, Asked<Optional<DeployedStack>>> nested = new TreeMap<>(stack.nested());
    nested.forEach(
        (id, asked) -> {
          String name = "the nested stack " + id.replaceFirst(".*:stack/([^/]+)/.*", "$1");
          if (asked.value().isEmpty()) {
            troubles.warn("%s: %s".formatted(name, asked.unanswered()), asked.remedy());
          } else if (asked.value().get().isEmpty()) {
            if (underWay) {
              troubles.warn("%s is not there".formatted(name), WAIT);
            } else {
              troubles.fail("%s is gone".formatted(name), APART);
            }
          } else {
            judge(asked.value().get().get(), name, underWay, troubles);
          }
        });
  }

  private static void judge(DeployedStack stack, String name, boolean underWay, Troubles troubles) {
    String found = "%s is %s".formatted(name, stack.status());
    if (stack.status().startsWith("DELETE_") && !underWay) {
      troubles.fail(found, APART);
    } else if (isUnderWay(stack)) {
      troubles.warn(found, WAIT);
    } else if (!WHOLE.contains(stack.status())) {
      troubles.fail(found, EVENTS);
    }
    judgeNested(stack, underWay, troubles);
  }
}
