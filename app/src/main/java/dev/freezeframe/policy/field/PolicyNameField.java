package dev.freezeframe.policy.field;

import dev.freezeframe.common.PolicyName;
import java.util.Optional;

/** Reads the name of a policy. */
public final class PolicyNameField implements Field<PolicyName> {

  /** Stands for a name that cannot be read, in a policy that nobody will see. */
  public static final PolicyName UNKNOWN = new PolicyName("unknown");

  @Override
  public Optional<PolicyName> read(Entry entry) {
    return entry
        .text()
        .filter(PolicyName::isWellFormed)
        .map(PolicyName::new)
        .or(() -> entry.refuse(PolicyName.FORM_IN_WORDS));
  }
}
