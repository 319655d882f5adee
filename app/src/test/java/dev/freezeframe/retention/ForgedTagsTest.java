package dev.freezeframe.retention;

import static dev.freezeframe.consistency.Consistency.APPLICATION;
import static dev.freezeframe.retention.Sets.days;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.Ownership;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody puts our tags on snapshots, by mistake or to have them deleted. */
class ForgedTagsTest {
  private static final SnapshotId FOREIGN = new SnapshotId("snap-0000000000000bbb1");
  private static final String LONG_AGO = "2020-01-01T00:00:00Z";

  private final Fleet fleet = new Fleet();

  @BeforeEach
  void begin() {
    fleet.passTo("2026-01-01T02:00:00Z");
  }

  private List<String> reconcile() {
    List<String> words = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      Reconciler.Result page = new Reconciler(fleet.ledger, fleet.live).ofEc2(token, fleet.now());
      words.addAll(page.words());
      token = page.next();
    } while (token.isPresent());
    return words;
  }

  private Map<String, String> ourTags() {
    Map<String, String> tags = new TreeMap<>();
    tags.put(SnapshotTags.POLICY, "daily");
    tags.put(SnapshotTags.RUN, RunId.of(Fleet.DAILY, fleet.now()).value());
    tags.put(SnapshotTags.SET, AttemptId.of("forged", 1).value());
    tags.put(SnapshotTags.INSTANCE, Fleet.instance(1).value());
    tags.put(SnapshotTags.CONSISTENCY, "APPLICATION");
    tags.put(SnapshotTags.EXPIRES_AT, LONG_AGO);
    return tags;
  }

  private void foreign(String description, Map<String, String> tags) {
    foreign(FOREIGN, description, tags);
  }

  private void foreign(SnapshotId id, String description, Map<String, String> tags) {
    fleet.live.add(
        new Ec2Snapshot(
            id,
            Fleet.volume(1, 1),
            fleet.now(),
            SnapshotState.COMPLETED,
            Optional.of(fleet.now()),
            Optional.empty(),
            tags,
            Optional.empty(),
            List.of(),
            description));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "the year's closing, keep for ten years",
        "Freezeframe: weekly-20260101T020000Z of i-00000000000000001",
        "Freezeframe: null of null",
        "Freezeframe"
      })
  void aForeignSnapshotThatWasGivenOurTagsIsNamedAndNeverDeleted(String description) {
    foreign(description, ourTags());
    for (int day = 0; day < 30; day++) {
      fleet.take(1, APPLICATION, days(2));
      assertThat(reconcile()).anyMatch(words -> words.contains("or we did not create it"));
      fleet.expire();
      fleet.pass(Duration.ofDays(1));
    }

    assertThat(fleet.live.all()).containsKey(FOREIGN);
    assertThat(fleet.ledger.lives(List.of(FOREIGN))).isEmpty();
  }

  @Test
  void aTagForgesNoVerdictOnASetThatIsNotOnRecord() {
    Fleet.Taken lost = fleet.create(1, 1);
    fleet.live.settle(lost.members().get(0), SnapshotState.COMPLETED);
    fleet.live.tag(lost.members().get(0), SnapshotTags.CONSISTENCY, Optional.of("APPLICATION"));

    reconcile();

    SnapshotHistory life = fleet.ledger.lives(lost.members()).get(0);
    assertThat(life.row().consistency()).contains(Consistency.UNKNOWN);
    assertThat(life.row().reason().orElseThrow()).contains("its tag alone proves nothing");
  }

  @Test
  void aSnapshotThatIsMadeToLookLikeOneOfASetTakesNothingFromItsVerdict() {
    Fleet.Taken proved = fleet.take(1, APPLICATION, days(2));
    RunId run = RunId.of(Fleet.DAILY, fleet.now());
    Map<String, String> tags = ourTags();
    tags.put(SnapshotTags.SET, proved.set().value());
    foreign(
        new SnapshotId("snap-00000000000000000"),
        Ownership.description(run, Fleet.instance(1)),
        tags);
    assertThat(reconcile()).anyMatch(words -> words.startsWith("adopted"));
    for (int day = 0; day < 5; day++) {
      fleet.pass(Duration.ofDays(1));
      fleet.take(1, Consistency.CRASH, days(2));
      fleet.expire();
    }

    assertThat(fleet.live.all().keySet()).containsAll(proved.members());
  }

  @Test
  void aTagBringsOnNoEnd() {
    Fleet.Taken lost = fleet.create(1, 1);
    fleet.live.settle(lost.members().get(0), SnapshotState.COMPLETED);
    fleet.live.tag(lost.members().get(0), SnapshotTags.EXPIRES_AT, Optional.of(LONG_AGO));
    fleet.pass(Duration.ofDays(1));
    fleet.take(1, APPLICATION, days(7));

    reconcile();
    fleet.expire();

    assertThat(fleet.live.all()).containsKey(lost.members().get(0));
  }

  @Test
  void anAdoptedSetDoesNotEndWhatItsGroupKeepsByCount() {
    RetentionSettings both =
        new RetentionSettings(
            OptionalInt.of(2),
            "the policy says 2 days",
            OptionalInt.of(7),
            Optional.empty(),
            RetentionSettings.MIN,
            false,
            ZoneOffset.UTC);
    List<Fleet.Taken> taken = new ArrayList<>();
    for (int day = 0; day < 5; day++) {
      taken.add(fleet.take(1, APPLICATION, both));
      fleet.pass(Duration.ofDays(1));
    }
    Fleet.Taken lost = fleet.create(1, 1);
    fleet.live.settle(lost.members().get(0), SnapshotState.COMPLETED);
    fleet.live.tag(
        lost.members().get(0),
        SnapshotTags.EXPIRES_AT,
        Optional.of(fleet.now().plus(Duration.ofDays(2)).toString()));

    reconcile();
    fleet.expire();

    assertThat(fleet.live.all().keySet())
        .containsAll(taken.stream().flatMap(set -> set.members().stream()).toList());
  }

  @Test
  void tagsThatWereForgedDoNotKeepASnapshotFromBeingAdoptedInEarnest() {
    foreign("made by others", ourTags());

    Adopter.Result result =
        new Adopter(fleet.ledger, fleet.live, new TaggedInstances(Map.of()))
            .adopt(
                new Adopter.Order(
                    TagSelector.parse(SnapshotTags.RUN),
                    new PolicyReader().read("p.yaml", "{name: daily, retention: {days: 14}}"),
                    Optional.empty(),
                    Optional.of(Fleet.instance(1))),
                Optional.empty(),
                true,
                fleet.now());

    assertThat(result.adopted()).isEqualTo(1);
    assertThat(fleet.ledger.lives(List.of(FOREIGN))).hasSize(1);
  }

  @Test
  void whateverIsWrittenIntoOurTagsNothingIsAdoptedByHalfAndNothingBreaks() {
    Random random = new Random(6);
    List<String> values =
        List.of(
            "",
            " ",
            "daily",
            "i-00000000000000001",
            "x".repeat(256),
            "\u001b[2J\n",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "snap-0",
            "00000000-0000-0000-0000-00000000000g",
            "daily-20260101T020000Z\n",
            "'; drop table ledger; --");
    int adopted = 0;
    for (int round = 0; round < 500; round++) {
      Map<String, String> tags = ourTags();
      for (String key : List.copyOf(tags.keySet())) {
        int fate = random.nextInt(4);
        if (fate == 0) {
          tags.remove(key);
        } else if (fate == 1) {
          tags.put(key, values.get(random.nextInt(values.size())));
        }
      }
      tags.putIfAbsent(SnapshotTags.RUN, "");
      String description =
          "Freezeframe: %s of %s"
              .formatted(tags.get(SnapshotTags.RUN), tags.get(SnapshotTags.INSTANCE));
      SnapshotId id = new SnapshotId("snap-%017x".formatted(0xccc000 + round));
      foreign(id, description, tags);

      reconcile();

      for (SnapshotHistory life : fleet.ledger.lives(List.of(id))) {
        adopted++;
        assertThat(life.row().consistency()).contains(Consistency.UNKNOWN);
        assertThat(description)
            .isEqualTo(Ownership.description(life.row().run(), life.row().instance()));
      }
      fleet.live.deleteByHand(id);
    }
    assertThat(adopted).as("those whose tags are as ours would be").isBetween(1, 250);
  }
}
