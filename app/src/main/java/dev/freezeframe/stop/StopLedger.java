package dev.freezeframe.stop;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import java.time.Instant;
import java.util.List;

/** Remembers which instances were stopped for their sets, and whose turn it is to be. */
public interface StopLedger {

  /**
   * Records that an instance is about to be stopped.
   *
   * @return false if a stop of that attempt is on record already, which then stays as it is
   */
  boolean recordStop(StopRow stop);

  /** Records when an instance was first seen stopped; nothing if its stop is not on record. */
  void recordStopped(RunId run, InstanceId instance, AttemptId attempt, Instant at);

  /** Records when its stop was first about to be forced. */
  void recordForced(RunId run, InstanceId instance, AttemptId attempt, Instant at);

  /** Records since when it is to be started. */
  void recordStarting(RunId run, InstanceId instance, AttemptId attempt, Instant at);

  /** Records when EC2 first took a start of it. */
  void recordStartOrdered(RunId run, InstanceId instance, AttemptId attempt, Instant at);

  /** Records the starts of it that were ordered, the last one taken or refused. */
  void recordStartTried(RunId run, InstanceId instance, AttemptId attempt, StopRow.Tries tries);

  /** Records that there is nothing to start any more; the first end stands. */
  void recordStopEnded(RunId run, InstanceId instance, AttemptId attempt, StopRow.Ended ended);

  /** The stops of an instance in a run, by the time at which they were ordered. */
  List<StopRow> stops(RunId run, InstanceId instance);

  /** All stops that have not ended, the oldest first; through an index, so the newest may miss. */
  List<StopRow> openStops();

  /** Who of a group is stopped or waits to be; nobody if nothing is on record. */
  StopTurns stopTurns(PolicyName policy, String group);

  /**
   * Changes who is stopped or waits.
   *
   * @return false if another has changed it since the version before was read; nothing is written
   */
  boolean recordStopTurns(StopTurns next);
}
