package dev.freezeframe.operator.dlm;

import dev.freezeframe.policy.Policy;

/**
 * One policy of ours, as text.
 *
 * @param policy what our reader makes of the text
 * @param yaml the file, its notes as comments at the head
 */
record ConvertedPolicy(Policy policy, String yaml) {

  String fileName() {
    return policy.name() + ".yaml";
  }
}
