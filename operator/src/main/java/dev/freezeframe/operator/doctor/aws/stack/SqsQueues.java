package dev.freezeframe.operator.doctor.aws.stack;

import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Asks the Simple Queue Service how much lies in queues. */
public final class SqsQueues {
  private static final List<QueueAttributeName> COUNTS =
      List.of(
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);

  private final SqsClient sqs;

  public SqsQueues(SqsClient sqs) {
    this.sqs = sqs;
  }

  /**
   * How many messages a queue holds, about; empty: there is no such queue.
   *
   * @param queue its URL
   */
  public Asked<Optional<Long>> messages(String queue) {
    return Question.ask(
        "sqs:GetQueueAttributes",
        () -> {
          try {
            Map<QueueAttributeName, String> found =
                sqs.getQueueAttributes(request -> request.queueUrl(queue).attributeNames(COUNTS))
                    .attributes();
            return Optional.of(
                COUNTS.stream()
                    .mapToLong(count -> Long.parseLong(found.getOrDefault(count, "0")))
                    .sum());
          } catch (QueueDoesNotExistException none) {
            return Optional.empty();
          }
        });
  }
}
