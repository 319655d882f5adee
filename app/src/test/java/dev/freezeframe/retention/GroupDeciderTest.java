package dev.freezeframe.retention;

import static dev.freezeframe.retention.Members.group;
import static dev.freezeframe.retention.Members.inEc2;
import static dev.freezeframe.retention.Members.set;
import static dev.freezeframe.retention.Sets.days;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.snapshot.Ec2Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupDeciderTest {
  private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");

  private final RetentionCandidate old = set("2026-01-01T02:00:00Z", days(7), 2, 1, 2);
  private final RetentionCandidate middle = set("2026-01-08T02:00:00Z", days(7), 2, 3, 4);
  private final RetentionCandidate newest = set("2026-01-09T02:00:00Z", days(7), 2, 5, 6);

  /** Remembers what it was asked. */
  private static final class Asked implements Ec2SnapshotsOfPlan {
    private final Map<SnapshotId, Ec2Snapshot> snapshots = new TreeMap<>();
    private final List<List<SnapshotId>> questions = new ArrayList<>();

    @Override
    public Map<SnapshotId, Ec2Snapshot> find(Collection<SnapshotId> ids) {
      questions.add(ids.stream().sorted().toList());
      Map<SnapshotId, Ec2Snapshot> found = new TreeMap<>(snapshots);
      found.keySet().retainAll(ids);
      return found;
    }
  }

  private static GroupDecider.Decided decide(Asked ec2, RetentionCandidate... sets) {
    GroupDecider.Question question = GroupDecider.Question.of(group(sets), NOW);
    return new GroupDecider(ec2, Map.of(), NOW).decide(List.of(question)).get(0);
  }

  private static List<SnapshotId> ids(int... numbers) {
    return IntStream.of(numbers).mapToObj(Members::id).toList();
  }

  @Test
  void ec2IsAskedOnceAboutWhatIsDueAndWhatItGoesFor() {
    Asked ec2 = new Asked();
    ec2.snapshots.putAll(inEc2(old));
    ec2.snapshots.putAll(inEc2(newest));

    GroupDecider.Decided decided = decide(ec2, old, middle, newest);

    assertThat(ec2.questions).containsExactly(ids(1, 2, 5, 6));
    assertThat(decided.on(old.set()).expires()).isTrue();
    assertThat(decided.sets()).extracting(RetentionCandidate::set).containsExactly(old.set());
  }

  @Test
  void aSetThatEc2HasLostIsStoodInForByTheNextThatIsAskedAboutThen() {
    Asked ec2 = new Asked();
    ec2.snapshots.putAll(inEc2(old));
    ec2.snapshots.putAll(inEc2(middle));

    GroupDecider.Decided decided = decide(ec2, old, middle, newest);

    assertThat(ec2.questions).containsExactly(ids(1, 2, 5, 6), ids(3, 4));
    assertThat(decided.on(old.set()).expires()).isTrue();
  }

  @Test
  void whatIsDueStaysIfEc2HasLostAllThatItWouldGoFor() {
    Asked ec2 = new Asked();
    ec2.snapshots.putAll(inEc2(old));

    GroupDecider.Decided decided = decide(ec2, old, middle, newest);

    assertThat(decided.on(old.set()).expires()).isFalse();
  }

  @Test
  void ec2IsAskedAboutNothingElseWhereNothingGoes() {
    Asked ec2 = new Asked();
    ec2.snapshots.putAll(inEc2(old));

    decide(ec2, old);

    assertThat(ec2.questions).containsExactly(ids(1, 2));
  }

  @Test
  void severalGroupsAreAskedAboutTogether() {
    Asked ec2 = new Asked();
    RetentionCandidate other = set("2026-01-02T02:00:00Z", days(7), 1, 7);

    new GroupDecider(ec2, Map.of(), NOW)
        .decide(
            List.of(
                GroupDecider.Question.of(group(old), NOW),
                GroupDecider.Question.of(group(other), NOW)));

    assertThat(ec2.questions).containsExactly(ids(1, 2, 7));
  }
}
