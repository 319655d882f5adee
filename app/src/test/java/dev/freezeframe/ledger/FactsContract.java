package dev.freezeframe.ledger;

import static dev.freezeframe.ledger.Rows.RUN;
import static dev.freezeframe.ledger.Rows.SERVER;
import static dev.freezeframe.ledger.Rows.TWO;
import static dev.freezeframe.ledger.Rows.attempt;
import static dev.freezeframe.ledger.Rows.instance;
import static dev.freezeframe.ledger.Rows.snapshotId;
import static dev.freezeframe.restore.Settings.volumeId;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.dynamo.LedgerUnderTest;
import dev.freezeframe.restore.AttachedVolume;
import dev.freezeframe.restore.InspectedInstance;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.Settings;
import dev.freezeframe.restore.VolumeSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What restores have to know. */
interface FactsContract extends LedgerUnderTest {
  Map<SnapshotId, VolumeId> MEMBERS =
      Map.of(snapshotId(1), volumeId(1), snapshotId(2), volumeId(2));

  private static InspectedInstance inspected(Instant at, InstanceSettings settings) {
    return InspectedInstance.of(
        RUN,
        SERVER,
        at,
        Optional.of(settings),
        List.of(
            Settings.volume(1, "/dev/xvda", Map.of("a", "b")),
            Settings.volume(2, "/dev/sdf", Map.of("\u202e\n\"<b>", "\u0000", "empty", "")),
            Settings.volume(3, "/dev/sdg", Map.of())));
  }

  private static InspectedInstance inspected(Instant at) {
    return inspected(at, Settings.instance(Map.of("Name", "web \ud83d\ude00")));
  }

  @Test
  default void theFactsOfASetAreWhatItsInspectionFound() {
    ledger().recordInspection(inspected(TWO.plusMillis(7)));
    ledger().recordInspectedFacts(RUN, SERVER, attempt(1), MEMBERS);

    RestoreFacts facts = ledger().facts(attempt(1)).orElseThrow();
    assertThat(ledger().inspection(RUN, SERVER)).contains(inspected(TWO.plusMillis(7)));
    assertThat(facts).isEqualTo(inspected(TWO.plusMillis(7)).facts(attempt(1), MEMBERS));
    assertThat(facts.recordedAt()).isEqualTo(TWO.plusMillis(7));
    assertThat(facts.settings()).contains(Settings.instance(Map.of("Name", "web \ud83d\ude00")));
    assertThat(facts.volumes())
        .extracting(VolumeSettings::snapshot)
        .containsExactly(snapshotId(1), snapshotId(2));
    assertThat(facts.of(snapshotId(1)).orElseThrow().boot()).isTrue();
    assertThat(facts.of(snapshotId(2)).orElseThrow().boot()).isFalse();
    assertThat(facts.of(snapshotId(2)).orElseThrow().tags())
        .isEqualTo(Map.of("\u202e\n\"<b>", "\u0000", "empty", ""));
  }

  @Test
  default void theFactsThatAreOnRecordStay() {
    RestoreFacts first = inspected(TWO).facts(attempt(1), MEMBERS);
    ledger().recordFacts(first);
    ledger().recordFacts(inspected(TWO, InstanceSettings.unknown()).facts(attempt(1), Map.of()));
    ledger().recordFactsExpiry(attempt(1), TWO);

    assertThat(ledger().facts(attempt(1))).contains(first);
    assertThat(ledger().facts(attempt(2))).isEmpty();
    assertThat(ledger().facts(List.of(attempt(2), attempt(1), attempt(1)))).containsExactly(first);
    assertThat(ledger().facts(List.of())).isEmpty();
  }

  @Test
  default void aLaterInspectionReplacesAnEarlierOneOfTheSameRunAlone() {
    ledger().recordInspection(inspected(TWO.plusSeconds(60)));
    ledger().recordInspection(inspected(TWO, InstanceSettings.unknown()));

    assertThat(ledger().inspection(RUN, SERVER)).contains(inspected(TWO.plusSeconds(60)));
    assertThat(ledger().inspection(RUN, instance(2))).isEmpty();

    ledger().recordInspection(inspected(TWO.plusSeconds(61), InstanceSettings.unknown()));
    assertThat(ledger().inspection(RUN, SERVER))
        .contains(inspected(TWO.plusSeconds(61), InstanceSettings.unknown()));
  }

  @Test
  default void nothingIsMadeUpOfWhatEc2DidNotSay() {
    ledger().recordInspectedFacts(RUN, SERVER, attempt(1), MEMBERS);
    assertThat(ledger().facts(attempt(1))).as("no inspection is on record").isEmpty();

    ledger()
        .recordInspection(
            InspectedInstance.of(RUN, SERVER, TWO, Optional.empty(), List.<AttachedVolume>of()));
    ledger().recordInspectedFacts(RUN, SERVER, attempt(1), MEMBERS);
    RestoreFacts facts = ledger().facts(attempt(1)).orElseThrow();
    assertThat(facts.settings()).isEmpty();
    assertThat(facts.of(snapshotId(1)).orElseThrow().type()).isEmpty();
    assertThat(facts.of(snapshotId(1)).orElseThrow().encrypted()).isEmpty();

    ledger().recordFactsExpiry(attempt(9), TWO);
    assertThat(ledger().facts(attempt(9))).isEmpty();
  }

  /** The limits of EC2: 50 tags of 128 and 256 characters, of up to four bytes each. */
  @Test
  default void theLargestSetIsOnRecordAndSaysWhichTagsAreNot() {
    Map<String, String> tags =
        IntStream.range(0, 50)
            .boxed()
            .collect(toMap(n -> "%02d".formatted(n) + "k".repeat(126), n -> "\u20ac".repeat(256)));
    Map<SnapshotId, VolumeId> members =
        IntStream.rangeClosed(1, 128).boxed().collect(toMap(Rows::snapshotId, Settings::volumeId));
    InspectedInstance largest =
        InspectedInstance.of(
            RUN,
            SERVER,
            TWO,
            Optional.of(Settings.instance(tags)),
            IntStream.rangeClosed(1, 128)
                .mapToObj(number -> Settings.volume(number, "/dev/" + "x".repeat(35), tags))
                .toList());

    ledger().recordInspection(largest);
    ledger().recordInspectedFacts(RUN, SERVER, attempt(1), members);

    RestoreFacts facts = ledger().facts(attempt(1)).orElseThrow();
    assertThat(facts.volumes()).hasSize(128);
    VolumeSettings first = facts.of(snapshotId(1)).orElseThrow();
    assertThat(first.tags()).isNotEmpty().containsKey("00" + "k".repeat(126));
    assertThat(facts.tagsLeftOut()).hasSize(129);
    assertThat(facts.tagsLeftOut().get(first.volume().value())).isEqualTo(50 - first.tags().size());
  }
}
