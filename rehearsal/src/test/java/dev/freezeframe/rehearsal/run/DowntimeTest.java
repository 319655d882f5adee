package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.operator.report.Backup;
import dev.freezeframe.operator.report.HealthSummary;
import dev.freezeframe.operator.report.Span;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.report.RehearsalReport;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a rehearsal says of instances that were stopped for a backup. */
class DowntimeTest {
  private static final String INSTANCE = Fleets.instanceId(1);
  private static final Duration AFTER_THE_SET = Duration.ofMinutes(1);

  private static Result play(Consumer<EmbeddedCloud> besides) {
    return Scene.of(Fleets.one(1, 1)).besides(besides).play();
  }

  private static void inTheBackup(
      EmbeddedCloud cloud, Duration after, Consumer<EmbeddedCloud> call) {
    cloud
        .time()
        .at(
            Scene.DUE.plus(after),
            () ->
                cloud
                    .time()
                    .start("call", () -> call.accept(cloud))
                    .attach(new Caller(cloud.backups().get(0).arn(), "StopInstance", INSTANCE)));
  }

  private static void stops(EmbeddedCloud cloud) {
    inTheBackup(cloud, AFTER_THE_SET, c -> c.ec2().stopInstances(r -> r.instanceIds(INSTANCE)));
  }

  private static void starts(EmbeddedCloud cloud) {
    inTheBackup(
        cloud, Duration.ofMinutes(6), c -> c.ec2().startInstances(r -> r.instanceIds(INSTANCE)));
  }

  @Test
  void anInstanceThatIsNotStartedAgainIsStillStopped() {
    Result result = play(DowntimeTest::stops);

    assertThat(result.stillStopped()).containsExactly(INSTANCE);
    assertThat(result.good()).isFalse();
    assertThat(RunJson.tree(result).path("stillStopped").get(0).asText()).isEqualTo(INSTANCE);
    assertThat(HealthSummary.of(RehearsalReport.of(result)).sentence())
        .startsWith("Still stopped: " + INSTANCE);
  }

  @Test
  void theTimeDownIsToldOfTheBackupThatStoppedIt() {
    Result result =
        play(
            cloud -> {
              stops(cloud);
              starts(cloud);
            });

    assertThat(result.stillStopped()).isEmpty();
    assertThat(result.good()).isTrue();
    JsonNode backup = RunJson.tree(result).at("/runs/0/instances/0");
    assertThat(backup.path("downSeconds").asDouble()).isBetween(300.0, 335.0);
    assertThat(backup.path("frozenSeconds").asDouble()).isLessThan(60);
    Backup told = RehearsalReport.of(result).runs().get(0).backups().get(0);
    assertThat(told.spans())
        .filteredOn(span -> span.kind() == Span.Kind.DOWN)
        .singleElement()
        .satisfies(
            span ->
                assertThat(Duration.between(span.from(), span.to()))
                    .isEqualTo(result.reports().get(0).down()));
  }

  @Test
  void whatPeopleStopIsNoBackupsDowntime() {
    Result result =
        play(
            cloud ->
                cloud.time().at(Scene.DUE.plus(AFTER_THE_SET), () -> cloud.ec2().stop(INSTANCE)));

    assertThat(result.stillStopped()).isEmpty();
    assertThat(result.reports().get(0).down()).isZero();
  }

  @Test
  void anInstanceThatIsTerminatedIsNotStillStopped() {
    Result result =
        play(
            cloud -> {
              stops(cloud);
              cloud
                  .time()
                  .at(Scene.DUE.plus(Duration.ofHours(1)), () -> cloud.ec2().terminate(INSTANCE));
            });

    assertThat(result.stillStopped()).isEmpty();
  }
}
