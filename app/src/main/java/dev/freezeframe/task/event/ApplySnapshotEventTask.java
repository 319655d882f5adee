package dev.freezeframe.task.event;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.retention.GroupReview;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.EventTask;
import dev.freezeframe.task.TaskDependencies;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Moves snapshots from pending to completed or error, as EBS events tell. */
public final class ApplySnapshotEventTask extends EventTask<List<String>> {
  private final Ledger ledger;
  private final GroupReview review;
  private final Clock clock;

  public ApplySnapshotEventTask() {
    this(new AwsDependencies());
  }

  public ApplySnapshotEventTask(TaskDependencies dependencies) {
    this.ledger = dependencies.ledger();
    this.review = new GroupReview(ledger);
    this.clock = dependencies.clock();
  }

  @Override
  protected List<String> leftAlone(String why) {
    return List.of("left alone: " + why);
  }

  @Override
  protected List<String> handle(ScheduledEvent event) {
    if (!"aws.ec2".equals(event.getSource()) || event.getDetail() == null) {
      return leftAlone("an event of %s, expected aws.ec2".formatted(word(event.getSource())));
    }
    List<String> effects = new ArrayList<>();
    Set<SnapshotId> settled = new TreeSet<>();
    for (SnapshotChange change :
        SnapshotEvents.changes(event.getDetailType(), event.getDetail(), clock.instant())) {
      SnapshotChange.Effect effect = ledger.apply(change);
      if (effect == SnapshotChange.Effect.APPLIED) {
        review.settled(change.snapshot(), clock.instant());
        settled.add(change.snapshot());
      }
      effects.add("%s %s: %s".formatted(change.snapshot(), change.state(), effect));
    }
    SettledSlots.giveBack(ledger, settled);
    return effects;
  }
}
