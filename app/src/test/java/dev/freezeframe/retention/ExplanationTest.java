package dev.freezeframe.retention;

import static dev.freezeframe.consistency.Consistency.APPLICATION;
import static dev.freezeframe.retention.Sets.count;
import static dev.freezeframe.retention.Sets.days;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.restore.InspectedInstance;
import dev.freezeframe.restore.Settings;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private final Fleet fleet = new Fleet();

  private Fleet.Taken take(String at) {
    fleet.passTo(at);
    return fleet.take(1, APPLICATION, days(7));
  }

  private List<String> of(SnapshotId id) {
    return new Explanation(fleet.ledger, fleet.now()).of(id);
  }

  @Test
  void aSnapshotThatIsThereSaysWhyAndUntilWhen() {
    Fleet.Taken taken = take("2026-01-01T02:00:00Z");
    take("2026-01-02T02:00:00Z");

    assertThat(of(taken.members().get(0)))
        .containsExactly(
            "snap-00000000000000001 is of vol-00000000000000010 of i-00000000000000001, taken by"
                + " policy daily at"
                + " 2026-01-01T02:00:00Z, APPLICATION",
            "verdict: judged",
            "kept until 2026-01-08T02:00:00Z at least: age until 2026-01-08T02:00:00Z,"
                + " the policy says 7 days");
  }

  @Test
  void aSnapshotThatWentSaysWhyAndWhen() {
    Fleet.Taken taken = take("2026-01-01T02:00:00Z");
    take("2026-01-08T02:00:00Z");
    fleet.passTo("2026-01-08T03:00:00Z");
    fleet.expire();

    assertThat(of(taken.members().get(0)).get(2))
        .isEqualTo(
            "deleted at 2026-01-08T03:00:00Z by plan expire-1, rule age: its age ended at"
                + " 2026-01-08T02:00:00Z, the policy says 7 days");
  }

  @Test
  void aSnapshotThatIsHeldSaysByWhat() {
    Fleet.Taken taken = take("2026-01-01T02:00:00Z");
    take("2026-01-08T02:00:00Z");
    fleet.live.tag(taken.members().get(1), SnapshotTags.PIN, Optional.of("2026-03-01"));
    fleet.passTo("2026-01-08T03:00:00Z");
    fleet.expire();

    assertThat(of(taken.members().get(0)).get(2))
        .startsWith("expires in the next run, unless EC2 shows that it is pinned, ")
        .contains("held in the last run: ")
        .contains("is pinned until 2026-03-01");
  }

  @Test
  void whatKeptASetForItsAgeIsNotToldBesideThatItHasEnded() {
    fleet.passTo("2026-01-01T02:00:00Z");
    Fleet.Taken failed = fleet.take(1, 2, SnapshotState.ERROR, APPLICATION, days(7));
    fleet.passTo("2026-01-01T06:00:00Z");
    fleet.expire();
    assertThat(of(failed.members().get(0)).get(2)).contains("in error and younger than a day");
    fleet.passTo("2026-01-02T03:00:00Z");

    assertThat(of(failed.members().get(0)).get(2))
        .contains("it was kept for a day, so that someone could look")
        .doesNotContain("held in the last run", "younger");
  }

  @Test
  void anInstanceSaysWhichOfItsSetsGoesNext() {
    take("2026-01-01T02:00:00Z");
    take("2026-01-02T02:00:00Z");
    fleet.passTo("2026-01-03T02:00:00Z");
    fleet.take(1, APPLICATION, count(1));

    assertThat(new Explanation(fleet.ledger, fleet.now()).of(Fleet.instance(1)))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("daily 2026-01-01").contains("2026-01-08"),
            line -> assertThat(line).startsWith("daily 2026-01-02").contains("2026-01-09"),
            line ->
                assertThat(line)
                    .startsWith("daily 2026-01-03")
                    .contains("kept, decided again when a newer set completes"));
  }

  @Test
  void whatARestoreNeedsIsSaidOfASnapshotASetAndAnInstanceOnALineEach() {
    Fleet.Taken taken = take("2026-01-01T02:00:00Z");
    SnapshotId first = taken.members().get(0);
    fleet.ledger.recordFacts(
        InspectedInstance.of(
                RunId.of(Fleet.DAILY, fleet.now()),
                Fleet.instance(1),
                fleet.now(),
                Optional.of(Settings.instance(Map.of("Name", "web\n\u001b[31m"))),
                List.of(Settings.volume(7, "/dev/xvda", Map.of("team", "\u202eshop"))))
            .facts(taken.set(), Map.of(first, Settings.volumeId(7))));
    Explanation explanation = new Explanation(fleet.ledger, fleet.now());
    String volume =
        "vol-00000000000000007 as it was at 2026-01-01T02:00:00Z: device /dev/xvda; type gp3;"
            + " size 100 GiB; IOPS 4000; throughput 250 MiB/s; zone eu-central-1a; encrypted yes;"
            + " key arn:aws:kms:eu-central-1:123456789012:key/12345678-1234-1234-1234-123456789012;"
            + " deleted on termination no; Multi-Attach yes; boots yes; tags team=\\u202eshop";
    List<String> instance =
        List.of(
            "i-00000000000000001 as it was at 2026-01-01T02:00:00Z: type m5.large; architecture"
                + " x86_64; platform Linux/UNIX; usage operation RunInstances; product codes code-1;"
                + " image ami-0123456789abcdef0; key pair ops; boot mode of its image uefi; boot"
                + " mode uefi; TPM v2.0; ENA yes; SR-IOV simple; virtualization hvm; root device"
                + " /dev/xvda; root device type ebs; VPC vpc-0123456789abcdef0; subnet"
                + " subnet-0123456789abcdef0; zone eu-central-1a; private address 10.0.0.7; security"
                + " groups sg-0123456789abcdef0 sg-0123456789abcdef1; profile"
                + " arn:aws:iam::123456789012:instance-profile/web; metadata tokens required;"
                + " metadata endpoint enabled; metadata hop limit 2; tags in metadata disabled;"
                + " EBS-optimized yes; hibernation no; tenancy host; placement group group; host"
                + " h-0123456789abcdef0; life cycle spot; Auto Scaling group web",
            "i-00000000000000001 had the tags Name=web \\u001b[31m");

    assertThat(explanation.of(first)).contains(volume).containsSubsequence(instance);
    assertThat(explanation.of(taken.set())).containsOnlyOnce(volume).containsSubsequence(instance);
    assertThat(explanation.of(Fleet.instance(1))).doesNotContain(volume).endsWith(instance.get(1));
  }

  @Test
  void ofWhatNobodyKnowsThereIsNothingToSay() {
    Explanation explanation = new Explanation(fleet.ledger, fleet.now());

    assertThat(explanation.of(new SnapshotId("snap-0000000000000ffff"))).isEmpty();
    assertThat(explanation.of(Fleet.instance(9))).isEmpty();
  }

  @Test
  void whatGoesInTheNextRunIsNamedFirst() {
    Fleet.Taken first = take("2026-01-01T02:00:00Z");
    take("2026-01-02T02:00:00Z");
    fleet.passTo("2026-01-08T03:00:00Z");

    assertThat(new Explanation(fleet.ledger, fleet.now()).of(Fleet.instance(1)).get(0))
        .startsWith(
            "daily 2026-01-01T02:00:00Z, set %s, APPLICATION, 2 snapshots from %s: expires in the next run"
                .formatted(first.set(), first.members().get(0)));
  }
}
