package dev.freezeframe.operator.doctor.check.stack;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import dev.freezeframe.operator.doctor.check.fleet.RestoreRisks;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.restore.RestoreFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether sets can be restored: by what, with what on record, and with what is still there. */
public final class RestorableCheck {
  /** The output of the stack by which {@code ./freezeframe restore} finds its state machine. */
  public static final String MACHINE = "RestoreSetArn";

  /** Of each a few rows are read. */
  public static final int MAX_ASKED = 50;

  private RestorableCheck() {}

  /**
   * The newest set of an instance.
   *
   * @param facts empty: none are on record
   */
  public record NewestSet(InstanceId instance, Instant pointInTime, Optional<RestoreFacts> facts) {

    /** Whether it is on record how the instance was set. */
    boolean complete() {
      return facts.flatMap(RestoreFacts::settings).isPresent();
    }
  }

  /** Whether the stack can restore. */
  public static Finding machine(DeployedStack stack) {
    String check = "restores";
    boolean deployed =
        stack.outputs().containsKey(MACHINE)
            || stack.of("AWS::StepFunctions::StateMachine").stream()
                .anyMatch(machine -> machine.physicalId().endsWith("restore-set"));
    return deployed
        ? Finding.pass(check, "restore-set is deployed")
        : Finding.fail(
            check,
            "the stack has no state machine restore-set, so that nothing can be restored by it",
            "npx cdk deploy");
  }

  /** The facts of some sets. */
  public static List<RestoreFacts> facts(Asked<List<NewestSet>> newest) {
    return newest.value().orElse(List.of()).stream().flatMap(set -> set.facts().stream()).toList();
  }

  /**
   * Whether what a restore has to know is on record with the newest sets of a policy, and what it
   * needs is there.
   *
   * @param risks of those sets
   */
  public static Finding of(Policy policy, Asked<List<NewestSet>> newest, RestoreRisks risks) {
    String check = "restorable " + policy.name();
    if (newest.value().isEmpty()) {
      return Finding.unanswered(check, newest);
    }
    List<NewestSet> sets = newest.value().get();
    Troubles troubles = new Troubles(check);
    sets.stream()
        .filter(set -> !set.complete())
        .forEach(
            set ->
                troubles.warn(
                    "how %s was set is not on record with its newest set, of %s"
                        .formatted(set.instance(), set.pointInTime()),
                    "wait for its next backup, which records it; without it restore --to new is"
                        + " refused"));
    risks
        .troubles()
        .forEach(
            trouble -> troubles.warn(trouble, "docs/restoring.md has the way out of each refusal"));
    risks.notes().forEach(note -> troubles.warn(note, "ask with a profile that may ask"));
    return troubles.orElse(
        sets.isEmpty()
            ? "there is no set yet"
            : "what a restore needs is on record with the newest set of %s, and is there"
                .formatted(Troubles.count(sets.size(), "instance")));
  }
}
