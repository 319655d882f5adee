package dev.freezeframe.infra.function;

import dev.freezeframe.infra.iam.TaskRole;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * Where something waits that could not be delivered or done. It is the end of a way: whatever lies
 * in it is for a person, whom an alarm calls.
 */
public final class DeadLetterQueue extends Construct {
  private final String holds;
  private final Queue queue;

  /**
   * A queue.
   *
   * @param holds what lies in it
   */
  public DeadLetterQueue(Construct scope, String id, String holds) {
    super(scope, id);
    this.holds = holds;
    this.queue =
        Queue.Builder.create(this, "Queue")
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .retentionPeriod(Duration.days(14))
            .build();
    TaskRole.accept(queue, "AwsSolutions-SQS3", "it is a dead-letter queue itself");
  }

  public Queue queue() {
    return queue;
  }

  public String holds() {
    return holds;
  }
}
