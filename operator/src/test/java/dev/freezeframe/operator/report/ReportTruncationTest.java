package dev.freezeframe.operator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTruncationTest {
  private static final int DAYS = 30;

  /** The same run on so many days, the newest last; of 100 backups two fail. */
  private static Report daily(int instances) {
    Report one = Reports.of(instances);
    Report.Run newest = one.runs().get(0);
    List<Report.Run> runs =
        IntStream.range(0, DAYS)
            .mapToObj(
                day ->
                    new Report.Run(
                        "run-" + day,
                        newest.scheduledAt().minus(Duration.ofDays(DAYS - 1L - day)),
                        Reports.of(instances).runs().get(0).backups()))
            .toList();
    return new Report(
        one.title(),
        one.source(),
        one.asOf(),
        one.zone(),
        one.notes(),
        runs,
        one.sets(),
        one.counts(),
        one.stillHeld(),
        one.doubts(),
        one.troubles(),
        Map.of(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static boolean whole(Backup backup) {
    return !backup.states().isEmpty();
  }

  @Test
  void fewBackupsAreAllToldInFull() {
    Report report = Reports.of(100);

    assertThat(ReportTruncation.of(report, 100)).isSameAs(report);
  }

  @Test
  void ofManyThoseThatFailedAreToldInFullAndThenTheNewest() {
    Report abridged = ReportTruncation.of(daily(100), 200);

    assertThat(abridged.runs())
        .allSatisfy(
            run ->
                assertThat(run.backups())
                    .filteredOn(backup -> backup.status().equals("FAILED"))
                    .hasSize(2)
                    .allMatch(ReportTruncationTest::whole));
    assertThat(abridged.runs().get(DAYS - 1).backups()).allMatch(ReportTruncationTest::whole);
    assertThat(abridged.runs().stream().flatMap(run -> run.backups().stream()))
        .filteredOn(ReportTruncationTest::whole)
        .hasSize(200);
  }

  @Test
  void noneIsLeftOutAndEachSaysHowItEnded() {
    Report report = daily(100);
    Report abridged = ReportTruncation.of(report, 10);

    for (int run = 0; run < DAYS; run++) {
      assertThat(abridged.runs().get(run).backups())
          .extracting(Backup::instance, Backup::status, Backup::consistency, Backup::reason)
          .containsExactlyElementsOf(
              report.runs().get(run).backups().stream()
                  .map(
                      backup ->
                          tuple(
                              backup.instance(),
                              backup.status(),
                              backup.consistency(),
                              backup.reason()))
                  .toList());
    }
    assertThat(HealthSummary.of(abridged)).isEqualTo(HealthSummary.of(report));
  }

  @Test
  void whatIsToldInShortStillShowsItsFreezeAndItsPointInTime() {
    Backup backup = ReportTruncation.of(daily(100), 10).runs().get(0).backups().get(0);

    assertThat(backup.spans())
        .extracting(Span::kind)
        .containsExactly(Span.Kind.FROZEN, Span.Kind.SNAPSHOT_SET);
    assertThat(backup.frozen()).isPresent();
    assertThat(backup.snapshots()).isEmpty();
  }

  @Test
  void thePageSaysThatItIsNotAllOfIt() {
    assertThat(ReportTruncation.of(daily(100), 200).notes())
        .anyMatch(note -> note.startsWith("Of 3,000 backups, 200 are told in full: first those"));
  }

  @Test
  void theSizeOfAPageOfAMonthOfAThousandInstancesIsBounded() {
    Report report = daily(1_000);

    assertThat(PageData.of(ReportTruncation.of(report)).length())
        .isLessThan(PageData.of(report).length() / 2)
        .isLessThan(20_000_000);
  }
}
