package dev.freezeframe.lambda;

import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.retention.Adopter;
import dev.freezeframe.retention.Ec2LiveSnapshots;
import dev.freezeframe.snapshot.Ec2SnapshotSets;
import dev.freezeframe.target.Ec2Instances;
import dev.freezeframe.target.InstanceId;
import java.time.Clock;
import java.util.Optional;

/**
 * Takes snapshots of others into a policy, one page an invocation. An operator invokes it, first
 * with {@code apply: false}; {@code next} is the token of the page that follows.
 */
public final class AdoptSnapshotsTask extends JsonTask<AdoptSnapshotsTask.Order, Adopter.Result> {
  private final Adopter adopter;
  private final Clock clock;

  public AdoptSnapshotsTask() {
    this(new AwsSurroundings());
  }

  AdoptSnapshotsTask(Surroundings surroundings) {
    super(Order.class);
    this.adopter =
        new Adopter(
            surroundings.ledger(),
            new Ec2LiveSnapshots(surroundings.ec2()),
            new Ec2SnapshotSets(surroundings.ec2Once(), surroundings.ec2()),
            new Ec2Instances(surroundings.ec2()));
    this.clock = surroundings.clock();
  }

  @Override
  protected Adopter.Result handle(Order order) {
    return adopter.adopt(
        new Adopter.Order(
            TagSelector.parse(order.tag()),
            order.policy(),
            order.instanceTag(),
            order.instanceId()),
        order.next(),
        order.apply(),
        clock.instant());
  }

  /**
   * What an operator asks.
   *
   * @param apply false: only says what would be done
   * @param tag {@code key} or {@code key=value}, such as {@code
   *     aws:dlm:lifecycle-policy-id=policy-0123456789abcdef0}
   * @param policy whole, as the state machines take it
   * @param instanceTag the snapshot tag that names the instance
   * @param instanceId whose the snapshots are, whatever else tells
   * @param next of the answer before
   */
  record Order(
      boolean apply,
      String tag,
      Policy policy,
      Optional<String> instanceTag,
      Optional<InstanceId> instanceId,
      Optional<String> next) {
    Order {
      policy.checked();
      TagSelector.parse(tag);
    }
  }
}
