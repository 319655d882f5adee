package dev.freezeframe.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.snapshot.Ec2Snapshots.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What holds for the snapshots that exist, in EC2 as in the fake of it. */
public abstract class Ec2SnapshotsContract {
  private static final SnapshotId MISSING = new SnapshotId("snap-0000000000000ffff");

  /** A completed snapshot of this account, with some tags. */
  protected abstract SnapshotId completed(Map<String, String> tags);

  /** A snapshot of this account that has not settled. */
  protected abstract SnapshotId pending();

  protected abstract void lock(SnapshotId snapshot);

  protected abstract void useForImage(SnapshotId snapshot, String image);

  /** The image is there still, though nobody can launch it. */
  protected abstract void disable(String image);

  protected abstract void share(SnapshotId snapshot, String account);

  protected abstract void deleteByHand(SnapshotId snapshot);

  protected abstract <T> T ask(Function<Ec2Snapshots, T> question);

  private Map<SnapshotId, Ec2Snapshot> find(List<SnapshotId> snapshots) {
    return ask(live -> live.find(snapshots));
  }

  private Set<SnapshotId> existing(List<SnapshotId> snapshots) {
    return ask(live -> live.existing(snapshots).keySet());
  }

  private Map<SnapshotId, List<String>> sharing(List<SnapshotId> snapshots) {
    return ask(live -> live.sharing(snapshots));
  }

  private Optional<String> tag(List<SnapshotId> snapshots, String value) {
    return ask(live -> live.tag(snapshots, Map.of("k", value)));
  }

  private Ending delete(SnapshotId snapshot) {
    return ask(live -> live.delete(snapshot));
  }

  private List<SnapshotId> tagged(String tag) {
    List<SnapshotId> found = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      Optional<String> from = token;
      Ec2Snapshots.Page page = ask(live -> live.tagged(TagSelector.parse(tag), from));
      page.snapshots().forEach(snapshot -> found.add(snapshot.snapshot()));
      token = page.next();
    } while (token.isPresent());
    return found;
  }

  @Test
  void whatDoesNotExistIsLeftOut() {
    SnapshotId there = completed(Map.of());
    SnapshotId gone = completed(Map.of());
    deleteByHand(gone);
    List<SnapshotId> asked = List.of(there, gone, MISSING);

    assertThat(find(asked)).containsOnlyKeys(there);
    assertThat(existing(asked)).containsExactly(there);
    assertThat(find(List.of())).isEmpty();
  }

  @Test
  void aSnapshotShowsItsTagsAndItsState() {
    SnapshotId done = completed(Map.of("made-by", "someone"));
    SnapshotId waiting = pending();

    Map<SnapshotId, Ec2Snapshot> found = find(List.of(done, waiting));
    assertThat(found.get(done).state()).isEqualTo(SnapshotState.COMPLETED);
    assertThat(found.get(done).tag("made-by")).contains("someone");
    assertThat(found.get(done).lock()).isEmpty();
    assertThat(found.get(done).images()).isEmpty();
    assertThat(found.get(waiting).state()).isEqualTo(SnapshotState.PENDING);
  }

  @Test
  void whatProtectsASnapshotIsShownAndThatOfNoOther() {
    SnapshotId locked = completed(Map.of());
    SnapshotId used = completed(Map.of());
    lock(locked);
    useForImage(used, "ami-0aaa0000000000001");

    Map<SnapshotId, Ec2Snapshot> found = find(List.of(locked, used));
    assertThat(found.get(locked).lock()).contains("governance");
    assertThat(found.get(locked).images()).isEmpty();
    assertThat(found.get(used).lock()).isEmpty();
    assertThat(found.get(used).images()).containsExactly("ami-0aaa0000000000001");
  }

  @Test
  void anImageThatIsDisabledUsesItsSnapshotsStillAndTheirDeletionIsRefused() {
    SnapshotId used = completed(Map.of());
    useForImage(used, "ami-0aaa0000000000001");
    disable("ami-0aaa0000000000001");

    assertThat(find(List.of(used)).get(used).images()).containsExactly("ami-0aaa0000000000001");
    assertThat(delete(used).kind()).isEqualTo(Ending.Kind.REFUSED);
    assertThat(existing(List.of(used))).containsExactly(used);
  }

  @Test
  void onlyWhatIsSharedHasAccounts() {
    SnapshotId shared = completed(Map.of());
    SnapshotId own = completed(Map.of());
    share(shared, "111122223333");

    assertThat(sharing(List.of(shared, own)))
        .containsOnly(Map.entry(shared, List.of("111122223333")));
  }

  @Test
  void aTagIsFoundByKeyOrByKeyAndValueOverAllPages() {
    List<SnapshotId> some = new ArrayList<>();
    for (int number = 0; number < 7; number++) {
      some.add(completed(Map.of("made-by", "someone")));
    }
    SnapshotId other = completed(Map.of("made-by", "another"));
    completed(Map.of());

    assertThat(tagged("made-by=someone")).containsExactlyInAnyOrderElementsOf(some);
    assertThat(tagged("made-by")).hasSize(8).containsAll(some).contains(other);
    assertThat(tagged("made-by=nobody")).isEmpty();
  }

  @Test
  void aSecondDeletionFindsItGone() {
    SnapshotId snapshot = completed(Map.of());

    assertThat(delete(snapshot)).isEqualTo(Ending.DELETED);
    assertThat(delete(snapshot)).isEqualTo(Ending.GONE);
    assertThat(existing(List.of(snapshot))).isEmpty();
    assertThat(delete(MISSING)).isEqualTo(Ending.GONE);
  }

  @Test
  void theDeletionOfWhatIsProtectedIsRefusedInWordsAndItStays() {
    SnapshotId locked = completed(Map.of());
    SnapshotId used = completed(Map.of());
    lock(locked);
    useForImage(used, "ami-0aaa0000000000001");

    for (SnapshotId snapshot : List.of(locked, used)) {
      Ending ending = delete(snapshot);
      assertThat(ending.kind()).isEqualTo(Ending.Kind.REFUSED);
      assertThat(ending.words()).isNotBlank();
    }
    assertThat(existing(List.of(locked, used))).hasSize(2);
  }

  @Test
  void tagsAreAddedToAllOrToNone() {
    SnapshotId one = completed(Map.of("made-by", "someone"));
    SnapshotId other = completed(Map.of());
    SnapshotId gone = completed(Map.of());
    deleteByHand(gone);

    assertThat(tag(List.of(one, other), "v")).isEmpty();
    assertThat(tag(List.of(one, gone), "w")).isPresent();

    Map<SnapshotId, Ec2Snapshot> found = find(List.of(one, other));
    assertThat(found.get(one).tags()).isEqualTo(Map.of("made-by", "someone", "k", "v"));
    assertThat(found.get(other).tags()).isEqualTo(Map.of("k", "v"));
  }

  @Test
  void aSetIsFoundByItsTagsOnlyIfWeCreatedItAsTheySay() {
    RunId run = new RunId("daily-20261206T020000Z");
    InstanceId instance = new InstanceId("i-0aaa0000000000001");
    completed(
        Map.of(
            SnapshotTags.RUN,
            run.value(),
            SnapshotTags.INSTANCE,
            instance.value(),
            SnapshotTags.SET,
            AttemptId.of("forged", 1).value()));

    List<SnapshotSet> found = ask(live -> live.sets(run, instance));
    assertThat(found).isEmpty();
  }
}
