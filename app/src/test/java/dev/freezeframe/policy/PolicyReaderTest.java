package dev.freezeframe.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.policy.schedule.Schedule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {

  private static Policy read(String yaml) {
    return new PolicyReader().read("policies/daily.yaml", yaml);
  }

  @Test
  void aNameIsEnoughAndAllElseHasItsDefault() {
    assertThat(read("name: daily"))
        .isEqualTo(
            new Policy(
                new PolicyName("daily"),
                Optional.empty(),
                true,
                List.of(new TagSelector("snapshot", Optional.of("snapshot"))),
                new Schedule("cron(0 2 * * ? *)", ZoneId.of("UTC"), Duration.ZERO),
                new Volumes(true, List.of()),
                Optional.empty(),
                Optional.empty(),
                new Retention(
                    OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), "snaplifetime"),
                new Tagging(Map.of(), true),
                new Pacing(5, Duration.ZERO),
                new Completion(Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofHours(24)),
                Optional.empty()));
  }

  @Test
  void everyFieldIsRead() {
    assertThat(
            read(
                """
                name: nightly
                description: "Payroll: ask team-data"
                enabled: false
                targets: [tier=db, backup, {key: a=b, value: "c=d"}]
                schedule: {rate: 6 hours, timeZone: Europe/Berlin, flexibleWindow: 15m}
                volumes: {excludeBoot: false, excludeTags: [scratch=true]}
                scripts:
                  document: arn:aws:ssm:eu-central-1:123456789012:document/own
                  stages: [post, pre]
                  timeout: 45s
                  retries: 3
                  fallBackToCrashConsistent: false
                  freezeBudget: PT20S
                retention:
                  days: 14
                  count: 30
                  tiers: {hourly:, daily: 7, weekly: 4, monthly: 12, yearly: 1}
                  lifetimeTag: keep-days
                tags: {add: {team: data, cost: 42, on: yes, none: ''}, copyFromVolume: false}
                pacing: {setsPerSecond: 2.5, jitter: 30s}
                completion: {firstWait: 30s, longestWait: 10m, giveUpAfter: 2d}
                drill:
                  each: 30d
                  schedule: 0 9 ? * MON-FRI *
                  level: L3
                  document: freezeframe-drill-postgresql
                  timeout: 1h
                  instanceType: m7g.large
                  image: resolve:ssm:/images/drills/postgresql
                  subnets: [subnet-0123456789abcdef0, subnet-01234567]
                  securityGroups: [sg-0123456789abcdef0]
                  maxConcurrent: 3
                  maxGiB: 500
                  maxPerMonth: 12.5
                  rto: 2h
                  rpo: 26h
                """))
        .isEqualTo(
            new Policy(
                new PolicyName("nightly"),
                Optional.of("Payroll: ask team-data"),
                false,
                List.of(
                    TagSelector.parse("tier=db"),
                    TagSelector.parse("backup"),
                    new TagSelector("a=b", Optional.of("c=d"))),
                new Schedule("rate(6 hours)", ZoneId.of("Europe/Berlin"), Duration.ofMinutes(15)),
                new Volumes(false, List.of(TagSelector.parse("scratch=true"))),
                Optional.of(
                    new Scripts(
                        "arn:aws:ssm:eu-central-1:123456789012:document/own",
                        Set.of(Stage.PRE, Stage.POST),
                        Duration.ofSeconds(45),
                        3,
                        false,
                        Duration.ofSeconds(20))),
                Optional.empty(),
                new Retention(
                    OptionalInt.of(14),
                    OptionalInt.of(30),
                    Optional.of(
                        new Retention.Tiers(
                            OptionalInt.empty(),
                            OptionalInt.of(7),
                            OptionalInt.of(4),
                            OptionalInt.of(12),
                            OptionalInt.of(1))),
                    "keep-days"),
                new Tagging(Map.of("team", "data", "cost", "42", "on", "yes", "none", ""), false),
                new Pacing(2.5, Duration.ofSeconds(30)),
                new Completion(Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofDays(2)),
                Optional.of(
                    new Drill(
                        Duration.ofDays(30),
                        new Schedule(
                            "cron(0 9 ? * MON-FRI *)", ZoneId.of("Europe/Berlin"), Duration.ZERO),
                        Drill.Level.L3,
                        "freezeframe-drill-postgresql",
                        Duration.ofHours(1),
                        new Drill.Host(
                            Optional.of("m7g.large"),
                            Optional.of("resolve:ssm:/images/drills/postgresql"),
                            List.of("subnet-0123456789abcdef0", "subnet-01234567"),
                            List.of("sg-0123456789abcdef0")),
                        new Drill.Limits(3, 500, 12.5),
                        new Drill.Targets(
                            Optional.of(Duration.ofHours(2)),
                            Optional.of(Duration.ofHours(26)))))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{each: 90d}", "{}", "{each:, level:}", "{share: 1.11%}"})
  void howOftenIsEnoughForDrills(String drill) {
    Policy policy =
        read("{name: daily, schedule: {timeZone: Asia/Tokyo}, drill: %s}".formatted(drill));

    assertThat(policy.drill().map(Drill::every).map(Duration::toDays)).contains(90L);
    assertThat(
            policy
                .drill()
                .map(
                    known ->
                        new Drill(
                            Duration.ofDays(90),
                            known.schedule(),
                            known.level(),
                            known.document(),
                            known.timeout(),
                            known.host(),
                            known.limits(),
                            known.targets())))
        .contains(
            new Drill(
                Duration.ofDays(90),
                new Schedule("cron(0 8 * * ? *)", ZoneId.of("Asia/Tokyo"), Duration.ZERO),
                Drill.Level.L2,
                "freezeframe-drill-filesystem",
                Duration.ofMinutes(30),
                new Drill.Host(Optional.empty(), Optional.empty(), List.of(), List.of()),
                new Drill.Limits(2, 2000, 20),
                new Drill.Targets(Optional.empty(), Optional.empty())));
  }

  @Test
  void aShareOfADayIsTheTimeWithinWhichAllAreDrilled() {
    assertThat(read("{name: daily, drill: {share: 2%}}").drill().map(Drill::every))
        .contains(Duration.ofDays(50));
    assertThat(read("{name: daily, drill: {share: 100%}}").drill().map(Drill::every))
        .contains(Duration.ofDays(1));
  }

  @Test
  void withoutADrillNoneIsDrilled() {
    assertThat(read("{name: daily, drill: }").drill()).isEmpty();
  }

  @Test
  void scriptsHaveTheDefaultsOfDataLifecycleManager() {
    assertThat(read("{name: daily, scripts: {document: own-document}}").scripts())
        .contains(
            new Scripts(
                "own-document",
                Set.of(Stage.PRE, Stage.POST),
                Duration.ofSeconds(10),
                0,
                true,
                Duration.ofSeconds(30)));
  }

  @Test
  void whatHasNoValueIsUnsetAndNotZero() {
    Policy policy =
        read(
            """
            name: daily
            enabled:
            targets:
            schedule: {cron:, timeZone: ~}
            scripts:
            retention: {days: null, count:, tiers: {hourly:}}
            tags:
            """);

    assertThat(policy).isEqualTo(read("name: daily"));
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsDoNoHarm() {
    assertThat(read("\uFEFFname: daily\r\nenabled: true\r\n")).isEqualTo(read("name: daily"));
  }
}
