package dev.freezeframe.operator.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The contents of the page.
 *
 * @param title what it is of, in a line
 * @param source where it comes from
 * @param asOf when it was true
 * @param zone whose days the calendar of sets has
 * @param notes what a reader has to know of what is missing
 * @param runs in the order of their firings
 * @param sets every snapshot set that retention has to do with; empty: retention did not run
 * @param counts what was called and entered, and what it costs
 * @param stillHeld what a backup has left held as of then; empty if nothing, or if unknown
 * @param doubts who may be frozen as of then, for all that is known
 * @param troubles what else went wrong, besides backups
 * @param names the tag Name of an instance, by its id; empty: the ledger keeps none
 * @param freezeBudget how long the policy plans to freeze a guest; empty: nobody knows, or it
 *     freezes none
 * @param restores in the order of the instances; empty: none were asked for, or nobody knows
 * @param drills in the order in which they were claimed; empty: there were none, or nobody knows
 */
public record Report(
    String title,
    String source,
    Instant asOf,
    ZoneId zone,
    List<String> notes,
    List<Run> runs,
    List<SetLife> sets,
    List<Count> counts,
    StillHeld stillHeld,
    List<Doubt> doubts,
    List<String> troubles,
    Map<String, String> names,
    Optional<Duration> freezeBudget,
    List<Restore> restores,
    List<Drill> drills) {

  public Report {
    // A browser knows zones by their names in the IANA database, and no zone Z.
    zone = zone.equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : zone;
    notes = List.copyOf(notes);
    runs = List.copyOf(runs);
    sets = List.copyOf(sets);
    counts = List.copyOf(counts);
    doubts = List.copyOf(doubts);
    troubles = List.copyOf(troubles);
    names = Map.copyOf(names);
    restores = List.copyOf(restores);
    drills = List.copyOf(drills);
  }

  /** The same, with the tag Name of each instance that has one. */
  public Report named(Map<String, String> instances) {
    return new Report(
        title,
        source,
        asOf,
        zone,
        notes,
        runs,
        sets,
        counts,
        stillHeld,
        doubts,
        troubles,
        instances,
        freezeBudget,
        restores,
        drills);
  }

  /** The same, with other runs, and a note of what they lack. */
  Report shortened(String note, List<Run> shortened) {
    List<String> all = new ArrayList<>(notes);
    all.add(note);
    return new Report(
        title,
        source,
        asOf,
        zone,
        all,
        shortened,
        sets,
        counts,
        stillHeld,
        doubts,
        troubles,
        names,
        freezeBudget,
        restores,
        drills);
  }

  /** One firing of a policy. */
  public record Run(String id, Instant scheduledAt, List<Backup> backups) {

    public Run {
      backups = List.copyOf(backups);
    }
  }

  /**
   * The instances that a backup has left held.
   *
   * @param frozen whose guest is frozen
   * @param unmounted whose file systems are unmounted
   * @param stopped that were stopped and do not run
   */
  public record StillHeld(List<String> frozen, List<String> unmounted, List<String> stopped) {
    /** None, as far as is known. */
    public static final StillHeld NONE = new StillHeld(List.of(), List.of(), List.of());

    public StillHeld {
      frozen = List.copyOf(frozen);
      unmounted = List.copyOf(unmounted);
      stopped = List.copyOf(stopped);
    }
  }

  /**
   * A restore of a set.
   *
   * @param stages how long after it was asked for each was reached, in their order
   * @param states of its execution, in the order entered
   */
  public record Restore(
      String instance,
      String set,
      String to,
      String status,
      String reason,
      Instant askedAt,
      Map<String, Duration> stages,
      List<String> states,
      List<RestoredVolume> volumes) {

    public Restore {
      stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
      states = List.copyOf(states);
      volumes = List.copyOf(volumes);
    }
  }

  /**
   * A volume of a restore.
   *
   * @param volume empty: it was not created
   * @param attachedTo an instance; empty: none
   */
  public record RestoredVolume(
      Optional<String> volume,
      String snapshot,
      String state,
      Optional<String> attachedTo,
      Optional<String> device) {}

  /**
   * A drill of a set.
   *
   * @param verdict how it ended; empty: it has not
   * @param stages how long after the launch each was reached, in their order
   * @param dollars about, in US$
   */
  public record Drill(
      String instance,
      String set,
      String level,
      Optional<String> verdict,
      String reason,
      List<String> warnings,
      Instant startedAt,
      Map<String, Duration> stages,
      double dollars) {

    public Drill {
      warnings = List.copyOf(warnings);
      stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    }
  }

  /** An instance that may be frozen, and why. */
  public record Doubt(String instance, String why) {}

  /**
   * The life of a snapshot set.
   *
   * @param consistency empty: not judged
   * @param endedAt when it was deleted, or missed; empty: it is there
   * @param why it is there, or why it went
   */
  public record SetLife(
      String instance,
      String set,
      Instant pointInTime,
      Optional<String> consistency,
      int snapshots,
      Optional<Instant> endedAt,
      String why) {}

  /**
   * How often something was done.
   *
   * @param dollars what that costs, where it is known; only that can be added up
   * @param how the cost is reckoned, or what is counted; may be empty
   */
  public record Count(
      String group, String what, long times, Optional<Double> dollars, String how) {}
}
