package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Restores beside backups, beside each other, and without a key or capacity. */
class RestoresAmongOthersTest {
  private static final Instant BEGUN = Scene.DUE.plus(Duration.ofHours(1));
  private static final Instant OVER = BEGUN.plus(Restoring.LONG);
  private static final String ONE = Fleets.instanceId(1);
  private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";

  private EmbeddedCloud cloud;
  private RestoreWorld before;
  private RestoreWorld after;
  private final Map<Integer, RestoreRow> rows = new TreeMap<>();

  private Result play(Fleet fleet, Destination to, Faults faults, Instant... firings) {
    return Scene.of(fleet)
        .policy(to == Destination.INSTANCE ? RestoresTest.DATA_ALONE : RestoresTest.POLICY)
        .faults(faults)
        .firings(List.of(firings))
        .besides(
            given -> {
              cloud = given;
              Restoring person = new Restoring(given);
              int instances = fleet.instances().size();
              for (int number = 1; number <= instances; number++) {
                Optional<InstanceId> next =
                    Optional.of(new InstanceId(Fleets.instanceId(number % instances + 1)))
                        .filter(any -> to == Destination.INSTANCE);
                person.at(BEGUN.minusSeconds(100 + number), BEGUN, number, to, next);
              }
              before = RestoreWorld.at(given, BEGUN.minusSeconds(20));
              after = RestoreWorld.at(given, OVER);
              given
                  .time()
                  .at(
                      OVER,
                      () -> {
                        for (int number = 1; number <= instances; number++) {
                          int one = number;
                          given
                              .ledger()
                              .restore(Restoring.id(number))
                              .ifPresent(row -> rows.put(one, row));
                        }
                      });
            })
        .play();
  }

  private static Fleet encrypted() {
    Fleet plain = RestoreWorld.fleet(1, 1);
    return new Fleet(
        plain.instances(),
        plain.volumes().stream()
            .map(
                volume ->
                    volume.volumeId().equals(Fleets.volumeId(1, 1))
                        ? volume.copy(builder -> builder.encrypted(true).kmsKeyId(KEY))
                        : volume)
            .toList());
  }

  @Test
  void aKeyThatIsDisabledIsNamedAndNothingStaysNorWasAnInstanceStopped() {
    InstanceFault disabled =
        new InstanceFault() {
          @Override
          public boolean findsKeyDisabled(String action, String instanceId) {
            return action.equals("ec2:CreateVolume");
          }
        };

    play(encrypted(), Destination.IN_PLACE, Faults.NONE.withInstances(disabled), Scene.DUE);

    RestoreRow row = rows.get(1);
    assertThat(row.status()).as(row.reason()).isEqualTo(RestoreRow.Status.UNDONE);
    assertThat(row.reason()).contains(KEY);
    assertThat(row.at(Stage.STOPPING)).isEmpty();
    assertThat(after.of(Restoring.id(1))).isEmpty();
    assertThat(after.attachedTo(ONE)).isEqualTo(before.attachedTo(ONE));
    assertThat(after.state(ONE)).isEqualTo("running");
  }

  @Test
  void aKeyThatIsDisabledOnlyAtTheStartIsUndoneWithTheInstanceRunning() {
    InstanceFault once =
        new InstanceFault() {
          private int starts;

          @Override
          public Start start(String instanceId) {
            return starts++ == 0 ? Start.FAILS : Start.STARTS;
          }
        };

    play(encrypted(), Destination.IN_PLACE, Faults.NONE.withInstances(once), Scene.DUE);

    assertThat(after.state(ONE)).isEqualTo("running");
    assertThat(rows.get(1).open()).isFalse();
  }

  /** No capacity for some hours from the first start on. */
  private final class NoCapacity implements InstanceFault {
    private final Duration lasts;
    private Optional<Instant> until = Optional.empty();

    NoCapacity(Duration lasts) {
      this.lasts = lasts;
    }

    @Override
    public Start start(String instanceId) {
      Instant now = cloud.time().instant();
      until = until.or(() -> Optional.of(now.plus(lasts)));
      return now.isBefore(until.get()) ? Start.REFUSED : Start.STARTS;
    }
  }

  @Test
  void aRestoreIsPatientWhereThereIsNoCapacityAndNoBackupOfItsInstanceBeginsMeanwhile() {
    Result result =
        play(
            RestoreWorld.fleet(1, 1),
            Destination.IN_PLACE,
            Faults.NONE.withInstances(new NoCapacity(Duration.ofHours(3))),
            Scene.DUE,
            BEGUN.plus(Duration.ofHours(1)));

    assertThat(rows.get(1).status())
        .as(rows.get(1).reason())
        .isEqualTo(RestoreRow.Status.SUCCEEDED);
    assertThat(after.state(ONE)).isEqualTo("running");
    assertThat(result.reports())
        .filteredOn(report -> report.status() == Status.SKIPPED)
        .singleElement()
        .satisfies(
            report ->
                assertThat(report.reason())
                    .isEqualTo("it is being restored by " + Restoring.id(1)));
  }

  @ParameterizedTest
  @EnumSource
  void fiftyRestoresAtOnceAllEndWellWithinTheRatesOfTheAccount(Destination to) {
    play(RestoreWorld.fleet(50, 2), to, Faults.NONE, Scene.DUE);

    assertThat(rows).hasSize(50);
    assertThat(rows.values())
        .allSatisfy(
            row ->
                assertThat(row.status()).as(row.reason()).isEqualTo(RestoreRow.Status.SUCCEEDED));
  }

  /** The most that CreateSnapshots takes in a set, and that an instance of any type has. */
  @ParameterizedTest
  @EnumSource(names = {"VOLUMES", "IN_PLACE", "NEW"})
  void theHistoryAndTheStateOfTheLargestRestoreFit(Destination to) {
    play(RestoreWorld.largest(), to, Faults.NONE, Scene.DUE);

    Execution execution = cloud.restores().get(0);
    assertThat(rows.get(1).status())
        .as(rows.get(1).reason())
        .isEqualTo(RestoreRow.Status.SUCCEEDED);
    assertThat(after.of(Restoring.id(1))).hasSize(128);
    assertThat(execution.historyEvents()).as("of 25,000").isLessThan(1_000);
    assertThat(execution.largestPayload()).as("of 256 KiB").isLessThan(16 * 1024);
  }

  @Test
  void theUndoOfTheLargestRestoreFits() {
    play(
        RestoreWorld.largest(),
        Destination.IN_PLACE,
        Faults.NONE.withCalls(new RestoreTroubles.RefusesLast(Destination.IN_PLACE)),
        Scene.DUE);

    assertThat(rows.get(1).status()).as(rows.get(1).reason()).isEqualTo(RestoreRow.Status.UNDONE);
    assertThat(after.of(Restoring.id(1))).isEmpty();
    assertThat(after.attachedTo(ONE)).isEqualTo(before.attachedTo(ONE)).hasSize(128);
    assertThat(cloud.restores().get(0).historyEvents()).as("of 25,000").isLessThan(2_000);
  }
}
