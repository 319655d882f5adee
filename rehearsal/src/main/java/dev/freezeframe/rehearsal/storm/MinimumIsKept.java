package dev.freezeframe.rehearsal.storm;

import java.util.List;

/** No deletion leaves a group with less than its minimum of whole sets. */
final class MinimumIsKept implements Invariant {

  @Override
  public String name() {
    return "the minimum is kept";
  }

  @Override
  public List<String> broken(Aftermath aftermath) {
    return aftermath.watch().deletions().small();
  }
}
