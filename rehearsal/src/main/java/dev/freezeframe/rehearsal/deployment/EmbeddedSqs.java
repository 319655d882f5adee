package dev.freezeframe.rehearsal.deployment;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** The Simple Queue Service, as far as queues are counted. */
public final class EmbeddedSqs implements SqsClient {
  private final Map<String, Integer> messages = new TreeMap<>();

  /** A queue that is empty. */
  public void put(String url) {
    messages.put(url, 0);
  }

  /** A message is sent, which nobody takes. */
  public void send(String url) {
    messages.computeIfPresent(url, (any, before) -> before + 1);
  }

  /** Somebody deletes a queue. */
  public void delete(String url) {
    messages.remove(url);
  }

  @Override
  public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
    Refusal.ofMoreThan(request, "QueueUrl", "AttributeNames");
    Integer waiting = messages.get(request.queueUrl());
    if (waiting == null) {
      throw Refusal.of(
          QueueDoesNotExistException.builder(),
          400,
          "QueueDoesNotExist",
          "The specified queue does not exist.");
    }
    Map<QueueAttributeName, String> all =
        Map.of(
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            String.valueOf(waiting),
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
            "0");
    Map<QueueAttributeName, String> asked = new HashMap<>(all);
    // Only what is asked for comes back; an attribute that is not known here does not.
    asked.keySet().retainAll(request.attributeNames());
    return GetQueueAttributesResponse.builder().attributes(asked).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
