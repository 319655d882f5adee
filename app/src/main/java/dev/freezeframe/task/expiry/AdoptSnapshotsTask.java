package dev.freezeframe.task.expiry;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.retention.Adopter;
import dev.freezeframe.snapshot.Ec2SnapshotsAdapter;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import java.time.Clock;
import java.util.Optional;

/**
 * Takes snapshots that other tools took into a policy, one page an invocation. An operator invokes
 * it, first with {@code apply: false}; {@code next} is the token of the page that follows.
 */
public final class AdoptSnapshotsTask extends JsonTask<AdoptSnapshotsTask.Order, Adopter.Result> {
  private final Adopter adopter;
  private final Clock clock;

  public AdoptSnapshotsTask() {
    this(new AwsDependencies());
  }

  public AdoptSnapshotsTask(TaskDependencies dependencies) {
    super(Order.class);
    this.adopter =
        new Adopter(
            dependencies.ledger(),
            new Ec2SnapshotsAdapter(dependencies.ec2()),
            new Ec2Instances(dependencies.ec2()));
    this.clock = dependencies.clock();
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
   * The order of an operator.
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
      TagSelector.parse(tag);
    }
  }
}
