package dev.freezeframe.rehearsal.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.Subscription;

/** The Simple Notification Service, as far as subscribers are listed. */
public final class EmbeddedSns implements SnsClient {
  private final Map<String, List<Subscription>> topics = new TreeMap<>();

  /** A topic that nobody is notified of. */
  public void put(String topic) {
    topics.put(topic, new ArrayList<>());
  }

  /** Somebody subscribes, and has yet to confirm it. */
  public void subscribe(String topic, String address) {
    topics
        .get(topic)
        .add(
            Subscription.builder()
                .topicArn(topic)
                .protocol("email")
                .endpoint(address)
                .subscriptionArn("PendingConfirmation")
                .build());
  }

  /** Everybody confirms. */
  public void confirm(String topic) {
    topics.computeIfPresent(
        topic,
        (any, before) ->
            before.stream()
                .map(one -> one.toBuilder().subscriptionArn(topic + ":" + one.endpoint()).build())
                .collect(Collectors.toCollection(ArrayList::new)));
  }

  @Override
  public ListSubscriptionsByTopicResponse listSubscriptionsByTopic(
      ListSubscriptionsByTopicRequest request) {
    Refusal.ofMoreThan(request, "TopicArn");
    List<Subscription> found = topics.get(request.topicArn());
    if (found == null) {
      throw Refusal.of(NotFoundException.builder(), 404, "NotFound", "Topic does not exist");
    }
    return ListSubscriptionsByTopicResponse.builder().subscriptions(found).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
