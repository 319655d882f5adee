package dev.freezeframe.restore.plan;

import dev.freezeframe.restore.RestorePlan;
import java.util.List;

/** The answer to a request: a plan, or the reasons of its refusal. */
public sealed interface Planned {

  /**
   * A plan.
   *
   * @param hash of all that it does; another plan has another
   * @param warnings what an operator should know before applying it, a sentence each
   */
  record Plan(RestorePlan plan, String hash, List<String> warnings) implements Planned {
    public Plan {
      warnings = List.copyOf(warnings);
    }
  }

  /** Nothing is restored; all reasons, a sentence each. */
  record Refused(List<String> reasons) implements Planned {
    public Refused {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("refusal: expected a reason, found none");
      }
    }
  }
}
