package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import dev.freezeframe.rehearsal.states.Execution;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One instance for each state: its execution is aborted when it leaves that state. */
class AbortedExecutionsTest {
  /** The states at either end of a failure are left in another way than when all goes well. */
  private static final List<String> STATES_AFTER_A_FAILURE =
      Stream.of(
              List.of("Run pre-script"), BackupStates.AFTER_A_FAILURE, List.of("Create snapshots"))
          .flatMap(List::stream)
          .toList();

  private static final class AbortsOnce implements ExecutionFault, GuestFault {
    private final Map<String, String> states = new TreeMap<>();
    private final Set<String> failing = new TreeSet<>();
    private final Set<String> aborted = new TreeSet<>();

    AbortsOnce() {
      BackupStates.WELL.forEach(state -> states.put(Fleets.instanceId(states.size() + 1), state));
      STATES_AFTER_A_FAILURE.forEach(
          state -> {
            failing.add(Fleets.instanceId(states.size() + 1));
            states.put(Fleets.instanceId(states.size() + 1), state);
          });
    }

    @Override
    public boolean abortsAfter(String execution, String instanceId, String state) {
      return state.equals(states.get(instanceId)) && aborted.add(instanceId);
    }

    @Override
    public ScriptBehavior script(String instanceId, String command) {
      return failing.contains(instanceId) && command.equals("pre-script")
          ? new ScriptBehavior.Hangs()
          : ScriptBehavior.GOOD;
    }
  }

  @Test
  void whereverAnExecutionIsAbortedTheGuestIsThawedAndWhatItTookIsOnRecord() {
    AbortsOnce faults = new AbortsOnce();

    Result result =
        Scene.of(Fleets.of(faults.states.size(), 2))
            .faults(Faults.NONE.withExecutions(faults).withGuests(faults))
            .play();

    assertThat(faults.aborted).isEqualTo(faults.states.keySet());
    Invariants.areKept(result);
    for (InstanceReport report : result.reports()) {
      String state = faults.states.get(report.instance().value());
      if (BackupStates.WELL.indexOf(state) >= BackupStates.WELL.indexOf("Record outcome")) {
        assertThat(report.status()).as("aborted after " + state).isEqualTo(Status.SUCCEEDED);
      } else {
        assertThat(report.status()).as("aborted after " + state).isEqualTo(Status.FAILED);
        assertThat(report.reason()).isEqualTo("the execution was aborted before its end");
      }
    }
    assertThat(result.good()).isFalse();
  }

  @Test
  void aRedriveGoesOnAndNeverCallsASetConsistentThatWasTakenInAStaleFreeze() {
    AbortsOnce faults = new AbortsOnce();
    Map<String, Execution> redriven = new TreeMap<>();

    Result result =
        Scene.of(Fleets.of(faults.states.size(), 2))
            .faults(Faults.NONE.withExecutions(faults).withGuests(faults))
            .besides(
                cloud ->
                    cloud
                        .time()
                        .at(
                            Scene.DUE.plusSeconds(3_600),
                            () ->
                                cloud.backups().stream()
                                    .filter(backup -> backup.status().name().equals("ABORTED"))
                                    .forEach(
                                        backup -> {
                                          redriven.put(backup.name(), backup);
                                          cloud.states().redrive(backup.arn());
                                        })))
            .play();

    assertThat(redriven).hasSize(faults.states.size());
    Invariants.areKept(result);
    assertThat(
            result.reports().stream()
                .filter(report -> report.status() != Status.SUCCEEDED)
                .map(
                    report ->
                        "%s: %s"
                            .formatted(
                                faults.states.get(report.instance().value()), report.reason()))
                .collect(Collectors.toList()))
        .isEmpty();
  }
}
