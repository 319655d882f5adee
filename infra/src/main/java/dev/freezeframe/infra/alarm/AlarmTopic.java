package dev.freezeframe.infra.alarm;

import dev.freezeframe.infra.iam.IamConditions;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** Where alarms go: a topic, and those who are notified of them. */
public final class AlarmTopic extends Construct {
  private final Topic topic;

  public AlarmTopic(Construct scope, String id, List<String> emails) {
    super(scope, id);
    // Alarms cannot use the key that SNS has of its own, so the topic has one.
    Key key =
        Key.Builder.create(this, "Key")
            .description("Encrypts the notices of Freezeframe's alarms")
            .enableKeyRotation(true)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    key.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
            .resources(List.of("*"))
            .conditions(ofThisAccount())
            .build());
    this.topic =
        Topic.Builder.create(this, "Topic")
            .displayName("Freezeframe")
            .masterKey(key)
            .enforceSsl(true)
            .build();
    topic.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(topic.getTopicArn()))
            .conditions(ofThisAccount())
            .build());
    emails.forEach(address -> topic.addSubscription(new EmailSubscription(address)));
  }

  /** CloudWatch acts for every account: alarms of others must not speak in our name. */
  private Map<String, Map<String, Object>> ofThisAccount() {
    return IamConditions.with(
        Map.of(), "StringEquals", "aws:SourceAccount", Stack.of(this).getAccount());
  }

  public Topic topic() {
    return topic;
  }
}
