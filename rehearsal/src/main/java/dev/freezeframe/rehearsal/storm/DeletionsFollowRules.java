package dev.freezeframe.rehearsal.storm;

import java.util.List;

/** Every deletion, at the instant of its call, is one that the rules allow. */
final class DeletionsFollowRules implements Invariant {

  @Override
  public String name() {
    return "nothing is deleted outside the rules";
  }

  @Override
  public List<String> broken(Aftermath aftermath) {
    return aftermath.watch().deletions().wrong();
  }
}
