package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreRow.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What befalls restores, another thing each: by the number of the restore. */
final class RestoreTroubles {
  private RestoreTroubles() {}

  /** How a restore goes as long as nothing befalls it, and which part of that meets trouble. */
  enum Course {
    /** All of it. */
    SUCCEEDS("", Status.SUCCEEDED),
    /** EC2 refuses its last call, and it undoes itself, which meets trouble. */
    FAILS("", Status.UNDONE),
    /** It has succeeded, and is undone because somebody asks for it, which meets trouble. */
    UNDONE_BY_HAND("-undo", Status.UNDONE);

    private static final Set<String> UNDO = Set.of("UndoRestore", "CleanRestore", "RecordRestore");

    private static final Set<String> ENDS = Set.of("Succeeded", "Restore failed", "Undo not begun");

    private final String suffix;
    final Status end;

    Course(String suffix, Status end) {
      this.suffix = suffix;
      this.end = end;
    }

    /** The name of the execution that meets trouble. */
    String execution(int number) {
      return Restoring.id(number) + suffix;
    }

    /** The number of the restore of such an execution; 0: it is another. */
    int number(String execution) {
      String name = execution.substring(execution.lastIndexOf(':') + 1);
      return name.matches("restore-\\d{8}T\\d{6}Z-[0-9a-f]{8}" + suffix)
          ? Integer.parseInt(name.substring(25, 33), 16)
          : 0;
    }

    private boolean concerns(String task) {
      return this == SUCCEEDS || UNDO.contains(task);
    }

    /** The states in which there is trouble, of all that an execution has entered. */
    List<String> troubled(List<String> entered) {
      List<String> states =
          entered.stream().distinct().filter(state -> !ENDS.contains(state)).toList();
      return this == FAILS ? states.subList(states.indexOf("Undo restore"), states.size()) : states;
    }
  }

  /** EC2 refuses a late call of a way of restoring: of two volumes the second is not attached. */
  static final class RefusesLast implements CallFault {
    private static final Map<Destination, String> LAST =
        Map.of(
            Destination.VOLUMES, "ec2:DescribeVolumes in AwaitVolumes",
            Destination.INSTANCE, "ec2:AttachVolume in AttachVolumes",
            Destination.IN_PLACE, "ec2:StartInstances in StartTarget",
            Destination.NEW, "ec2:DeregisterImage in DeregisterImage",
            Destination.ROOT, "ec2:CreateTags in ReplaceRoot");

    private final Destination to;
    private final Set<String> attached = new TreeSet<>();

    RefusesLast(Destination to) {
      this.to = to;
    }

    @Override
    public void before(String action, boolean changing, Caller caller, String detail) {
      boolean last = LAST.get(to).equals(action + " in " + caller.task());
      if (last && !(to == Destination.INSTANCE && attached.add(caller.execution()))) {
        throw Ec2Refusal.of("OperationNotPermitted", "The operation is not permitted.");
      }
    }
  }

  /** Notes the calls by which restore 1 changes something. */
  static final class Changes implements CallFault {
    private final Course course;
    final List<String> made = new ArrayList<>();

    /** Those that were refused among them, as a condition did not hold. */
    final List<String> ordered = new ArrayList<>();

    Changes(Course course) {
      this.course = course;
    }

    @Override
    public void before(String action, boolean changing, Caller caller, String detail) {
      if (concerns(changing, caller)) {
        ordered.add(what(action, caller));
      }
    }

    @Override
    public void after(String action, boolean changing, Caller caller, String detail) {
      if (concerns(changing, caller)) {
        made.add(what(action, caller));
      }
    }

    private boolean concerns(boolean changing, Caller caller) {
      return changing && course.number(caller.execution()) == 1 && course.concerns(caller.task());
    }
  }

  /** Restore {@code 2n - 1} dies before its n-th changing call, restore {@code 2n} after it. */
  static final class DiesOnce implements CallFault {
    private final Course course;
    private final List<String> changes;
    private final Map<String, Integer> made = new TreeMap<>();
    final Map<Integer, String> deaths = new TreeMap<>();

    /**
     * @param changes those of an undisturbed restore, in their order; a restore among others looks
     *     more often and writes for each look, so that each is found by how many of its kind came
     *     before it
     */
    DiesOnce(Course course, List<String> changes) {
      this.course = course;
      this.changes = changes;
    }

    @Override
    public void before(String action, boolean changing, Caller caller, String detail) {
      int restore = number(changing, caller);
      if (restore > 0) {
        made.merge(restore + what(action, caller), 1, Integer::sum);
        if (restore % 2 == 1 && isItsChange(restore, what(action, caller))) {
          die("before", action, caller, restore);
        }
      }
    }

    @Override
    public void after(String action, boolean changing, Caller caller, String detail) {
      int restore = number(changing, caller);
      if (restore > 0 && restore % 2 == 0 && isItsChange(restore, what(action, caller))) {
        die("after", action, caller, restore);
      }
    }

    private boolean isItsChange(int restore, String what) {
      int change = (restore - 1) / 2;
      return changes.get(change).equals(what)
          && made.get(restore + what)
              == Collections.frequency(changes.subList(0, change + 1), what);
    }

    private int number(boolean changing, Caller caller) {
      return changing && course.concerns(caller.task()) ? course.number(caller.execution()) : 0;
    }

    private void die(String when, String action, Caller caller, int restore) {
      String what = "%s %s".formatted(when, what(action, caller));
      if (deaths.putIfAbsent(restore, what) == null) {
        throw new FunctionDied(what);
      }
    }
  }

  /** Restore {@code n} is aborted when it leaves the n-th of some states for the first time. */
  static final class AbortsOnce implements ExecutionFault {
    private final Course course;
    private final List<String> states;
    final Set<Integer> aborted = new TreeSet<>();

    AbortsOnce(Course course, List<String> states) {
      this.course = course;
      this.states = states;
    }

    @Override
    public boolean abortsAfter(String execution, String instanceId, String state) {
      int restore = course.number(execution);
      return restore > 0 && states.indexOf(state) == restore - 1 && aborted.add(restore);
    }
  }

  private static String what(String action, Caller caller) {
    return "%s in %s".formatted(action, caller.task());
  }
}
