package dev.freezeframe.rehearsal.simulation.invariant.limit;

import dev.freezeframe.policy.Policy;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import java.util.List;

/** Step Functions takes names of up to 80 characters; a policy's may have 40 of them. */
public final class NamesFit implements Invariant {
  private static final int MAX = 80;
  private static final int MAX_POLICY = 40;

  @Override
  public String name() {
    return "a name has 80 characters at most";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    return finalState.cloud().states().executions().stream()
        .map(execution -> execution.name())
        .filter(name -> longest(name, finalState.policies()) > MAX)
        .map(
            name ->
                "expected %d characters at most with a policy's name of %d, found %s"
                    .formatted(MAX, MAX_POLICY, name))
        .toList();
  }

  /** How long the name would be with the longest policy's name in it. */
  private static int longest(String name, List<Policy> policies) {
    return policies.stream()
        .map(policy -> policy.name().value())
        .filter(name::contains)
        .mapToInt(policy -> name.length() - policy.length() + MAX_POLICY)
        .max()
        .orElse(name.length());
  }
}
