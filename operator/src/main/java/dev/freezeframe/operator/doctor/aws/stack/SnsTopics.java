package dev.freezeframe.operator.doctor.aws.stack;

import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.stack.AlarmTopicCheck.Subscription;
import java.util.List;
import software.amazon.awssdk.services.sns.SnsClient;

/** Asks the Simple Notification Service who is notified of a topic. */
public final class SnsTopics {
  /** What stands in the place of an ARN until the subscriber has confirmed. */
  private static final String PENDING = "PendingConfirmation";

  private final SnsClient sns;

  public SnsTopics(SnsClient sns) {
    this.sns = sns;
  }

  /** The subscriptions of a topic; those that were deleted are left out. */
  public Asked<List<Subscription>> subscriptions(String topic) {
    return Question.ask(
        "sns:ListSubscriptionsByTopic",
        () ->
            sns
                .listSubscriptionsByTopicPaginator(request -> request.topicArn(topic))
                .subscriptions()
                .stream()
                .filter(found -> !"Deleted".equals(found.subscriptionArn()))
                .map(
                    found ->
                        new Subscription(
                            found.endpoint(), !PENDING.equals(found.subscriptionArn())))
                .toList());
  }
}
