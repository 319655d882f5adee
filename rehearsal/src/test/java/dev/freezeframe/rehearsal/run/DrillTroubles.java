package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What befalls drills, another thing each: by the number of the drill. */
final class DrillTroubles {
  private static final Set<String> ENDS = Set.of("Drilled", "Drill failed");

  private DrillTroubles() {}

  /** The states after which there may be trouble, of all that an execution has entered. */
  static List<String> troubled(List<String> entered) {
    return entered.stream().distinct().filter(state -> !ENDS.contains(state)).toList();
  }

  /** Notes the calls by which drill 1 changes something, in their order. */
  static final class Changes implements CallFault {
    final List<String> made = new ArrayList<>();

    @Override
    public void before(String action, boolean changing, Caller caller, String detail) {
      if (changing && Drilling.number(caller.execution()) == 1) {
        made.add(what(action, caller));
      }
    }
  }

  /** Drill {@code 2n - 1} dies before its n-th changing call, drill {@code 2n} after it. */
  static final class DiesOnce implements CallFault {
    private final List<String> changes;
    private final Map<String, Integer> made = new TreeMap<>();
    final Map<Integer, String> deaths = new TreeMap<>();

    /**
     * @param changes those of an undisturbed drill; one among others looks more often and writes
     *     for each look, so that each is found by how many of its kind came before it
     */
    DiesOnce(List<String> changes) {
      this.changes = changes;
    }

    @Override
    public void before(String action, boolean changing, Caller caller, String detail) {
      int drill = changing ? Drilling.number(caller.execution()) : 0;
      if (drill > 0) {
        made.merge(drill + what(action, caller), 1, Integer::sum);
        if (drill % 2 == 1 && isItsChange(drill, what(action, caller))) {
          die("before", action, caller, drill);
        }
      }
    }

    @Override
    public void after(String action, boolean changing, Caller caller, String detail) {
      int drill = changing ? Drilling.number(caller.execution()) : 0;
      if (drill > 0 && drill % 2 == 0 && isItsChange(drill, what(action, caller))) {
        die("after", action, caller, drill);
      }
    }

    private boolean isItsChange(int drill, String what) {
      int change = (drill - 1) / 2;
      return changes.get(change).equals(what)
          && made.get(drill + what) == Collections.frequency(changes.subList(0, change + 1), what);
    }

    private void die(String when, String action, Caller caller, int drill) {
      String what = "%s %s".formatted(when, what(action, caller));
      if (deaths.putIfAbsent(drill, what) == null) {
        throw new FunctionDied(what);
      }
    }
  }

  /** Drill {@code n} is aborted when it leaves the n-th of some states for the first time. */
  static final class AbortsOnce implements ExecutionFault {
    private final List<String> states;
    final Set<Integer> aborted = new TreeSet<>();

    AbortsOnce(List<String> states) {
      this.states = states;
    }

    @Override
    public boolean abortsAfter(String execution, String instanceId, String state) {
      int drill = Drilling.number(execution);
      return drill > 0 && states.indexOf(state) == drill - 1 && aborted.add(drill);
    }
  }

  private static String what(String action, Caller caller) {
    return "%s in %s".formatted(action, caller.task());
  }
}
