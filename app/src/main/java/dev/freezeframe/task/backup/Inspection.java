package dev.freezeframe.task.backup;

import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.consistency.script.Documents;
import dev.freezeframe.inventory.InstanceFacts;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.policy.Stage;
import dev.freezeframe.retention.rule.Lifetime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The volumes to back up, and how. One flat record, because the state machine reads its fields;
 * made by a factory for each of the branches.
 *
 * @param next what the state machine does next
 * @param reason why
 * @param preScript whether the pre-script runs
 * @param postScript whether the post-script runs
 * @param retries further attempts after a failed pre-script
 * @param fallBack whether a set without scripts is taken if scripts can't be run
 * @param document empty: no script runs
 * @param volumes empty: nothing can be taken
 * @param stopped whether the instance is stopped
 * @param stops whether it is to be stopped for its set, and started again
 * @param launchedAt of its last start
 * @param leftOut the steps that the guest's agent leaves out, though the document does not say that
 *     they are for another platform; empty: none, or the inspection was one of a version that did
 *     not look
 */
public record Inspection(
    Next next,
    String reason,
    boolean preScript,
    boolean postScript,
    int retries,
    boolean fallBack,
    Optional<DocumentVersion> document,
    Optional<VolumeSelection> volumes,
    boolean stopped,
    boolean stops,
    Optional<Instant> launchedAt,
    Lifetime lifetime,
    Optional<List<String>> leftOut) {

  /** The branches of the choice that follows. */
  enum Next {
    DRY_RUN,
    CREATE,
    FALL_BACK,
    /** Failed: there is something to back up and it can't be. */
    FAIL,
    /** Skipped: there is nothing that could be backed up. */
    SKIP
  }

  /** Nothing could be backed up, and that is no failure. */
  static Inspection skip(String reason, Optional<InstanceFacts> instance, Policy policy) {
    return withoutVolumes(Next.SKIP, reason, instance, policy);
  }

  /** There is something to back up, and it can't be. */
  static Inspection fail(String reason, InstanceFacts instance, Policy policy) {
    return withoutVolumes(Next.FAIL, reason, Optional.of(instance), policy);
  }

  /** A set is taken, and no script is wanted. */
  static Inspection create(
      String reason, InstanceFacts instance, VolumeSelection volumes, Policy policy) {
    return withoutScripts(Next.CREATE, reason, instance, volumes, policy);
  }

  /** Scripts are wanted and can't be run; the policy says what follows. */
  static Inspection fallBack(
      String reason, InstanceFacts instance, VolumeSelection volumes, Policy policy) {
    return withoutScripts(Next.FALL_BACK, reason, instance, volumes, policy);
  }

  /** A set is taken between scripts, which a dry run tries first. */
  static Inspection scripted(
      Documents.Inspected document,
      Scripts scripts,
      InstanceFacts instance,
      VolumeSelection volumes,
      Policy policy) {
    return of(
        Next.DRY_RUN,
        "the agent is online and " + document.words(),
        ToRun.scripts(document, scripts),
        ToTake.set(instance, volumes, policy),
        Lifetime.of(policy.retention(), instance.tags()));
  }

  private static Inspection withoutScripts(
      Next next, String reason, InstanceFacts instance, VolumeSelection volumes, Policy policy) {
    return of(
        next,
        reason,
        ToRun.nothing(policy.scripts().map(Scripts::fallBackToCrashConsistent).orElse(true)),
        ToTake.set(instance, volumes, policy),
        Lifetime.of(policy.retention(), instance.tags()));
  }

  private static Inspection withoutVolumes(
      Next next, String reason, Optional<InstanceFacts> instance, Policy policy) {
    return of(
        next,
        reason,
        ToRun.nothing(false),
        ToTake.NOTHING,
        instance
            .map(known -> Lifetime.of(policy.retention(), known.tags()))
            .orElseGet(() -> new Lifetime(OptionalInt.empty(), "nothing is taken")));
  }

  private static Inspection of(
      Next next, String reason, ToRun scripts, ToTake set, Lifetime lifetime) {
    return new Inspection(
        next,
        reason,
        scripts.preScript,
        scripts.postScript,
        scripts.retries,
        scripts.fallBack,
        scripts.document,
        set.volumes,
        set.stopped,
        set.stops,
        set.launchedAt,
        lifetime,
        scripts.leftOut);
  }

  /** What runs in the guest. */
  private record ToRun(
      boolean preScript,
      boolean postScript,
      int retries,
      boolean fallBack,
      Optional<DocumentVersion> document,
      Optional<List<String>> leftOut) {

    static ToRun nothing(boolean fallBack) {
      return new ToRun(false, false, 0, fallBack, Optional.empty(), Optional.empty());
    }

    static ToRun scripts(Documents.Inspected document, Scripts scripts) {
      return new ToRun(
          scripts.stages().contains(Stage.PRE),
          scripts.stages().contains(Stage.POST),
          scripts.retries(),
          scripts.fallBackToCrashConsistent(),
          document.pin(),
          Optional.of(document.leftOut()));
    }
  }

  /** What is taken, and of an instance in which state. */
  private record ToTake(
      Optional<VolumeSelection> volumes,
      boolean stopped,
      boolean stops,
      Optional<Instant> launchedAt) {
    static final ToTake NOTHING = new ToTake(Optional.empty(), false, false, Optional.empty());

    static ToTake set(InstanceFacts instance, VolumeSelection volumes, Policy policy) {
      return new ToTake(
          Optional.of(volumes),
          instance.stopped(),
          policy.stop().isPresent() && !instance.stopped(),
          instance.launchedAt());
    }
  }
}
