package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.infra.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

class GuardsTest {

  @Test
  void cdkNagFindsNothing() {
    Annotations annotations =
        Annotations.fromStack(
            Synthesized.with(Map.of(Setting.MAIL_TO.key(), "[\"ops@example.org\"]")));

    assertThat(annotations.findError("*", Match.anyValue())).isEmpty();
    assertThat(annotations.findWarning("*", Match.anyValue())).isEmpty();
  }

  @Test
  void nobodyToTellOfAlarmsIsWarnedOf() {
    Annotations annotations = Annotations.fromStack(Synthesized.stack());

    assertThat(annotations.findWarning("*", Match.anyValue())).hasSize(1);
    assertThat(
            annotations.findWarning(
                "*",
                Match.stringLikeRegexp("^freezeframe:mailTo is empty: nobody is told of alarms")))
        .hasSize(1);
  }

  /** CloudWatch acts for every account. */
  @Test
  void onlyThisAccountsAlarmsMayUseTheTopicAndItsKey() {
    List<JsonNode> statements = new ArrayList<>();
    Synthesized.resources("AWS::SNS::TopicPolicy")
        .values()
        .forEach(p -> p.property("/PolicyDocument/Statement").forEach(statements::add));
    Synthesized.resources("AWS::KMS::Key")
        .values()
        .forEach(k -> k.property("/KeyPolicy/Statement").forEach(statements::add));

    assertThat(statements)
        .filteredOn(s -> s.at("/Principal/Service").asText().equals("cloudwatch.amazonaws.com"))
        .hasSize(2)
        .allMatch(
            s ->
                Resource.text(s.at("/Condition/StringEquals/aws:SourceAccount"))
                    .equals("<AccountId>"));
  }

  @Test
  void nothingIsPublic() {
    for (String type : List.of("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy")) {
      assertThat(Synthesized.resources(type)).isNotEmpty();
      for (Resource policy : Synthesized.resources(type).values()) {
        for (JsonNode statement : policy.property("/PolicyDocument/Statement")) {
          assertThat(
                  statement.path("Effect").asText().equals("Deny")
                      || statement.path("Principal").has("Service"))
              .as(statement.toString())
              .isTrue();
        }
      }
    }
    assertThat(Synthesized.resources("AWS::Lambda::Permission"))
        .isNotEmpty()
        .allSatisfy((id, permission) -> assertThat(permission.property("/SourceArn")).isNotEmpty());
    assertThat(Synthesized.resources("AWS::Lambda::Url")).isEmpty();
  }

  @Test
  void nothingIsUnencrypted() {
    assertThat(Synthesized.resources("AWS::SQS::Queue"))
        .isNotEmpty()
        .allSatisfy(
            (id, queue) ->
                assertThat(queue.property("/SqsManagedSseEnabled").asBoolean()).isTrue());
    assertThat(Synthesized.resources("AWS::SNS::Topic"))
        .isNotEmpty()
        .allSatisfy(
            (id, topic) -> assertThat(topic.property("/KmsMasterKeyId").isMissingNode()).isFalse());
    assertThat(Synthesized.resources("AWS::KMS::Key"))
        .allSatisfy(
            (id, key) -> assertThat(key.property("/EnableKeyRotation").asBoolean()).isTrue());
  }

  @Test
  void everyQueueRefusesWhatDoesNotComeByTls() {
    assertThat(Synthesized.resources("AWS::SQS::QueuePolicy").values())
        .hasSameSizeAs(Synthesized.resources("AWS::SQS::Queue").values())
        .allMatch(policy -> policy.json().toString().contains("\"aws:SecureTransport\":\"false\""));
  }

  @Test
  void everyAsynchronousTargetHasAQueueForWhatFails() {
    assertThat(Synthesized.resources("AWS::Events::Rule"))
        .isNotEmpty()
        .allSatisfy(
            (id, rule) ->
                assertThat(rule.property("/Targets"))
                    .allSatisfy(
                        target -> {
                          assertThat(target.at("/DeadLetterConfig/Arn")).isNotEmpty();
                          assertThat(target.at("/RetryPolicy/MaximumRetryAttempts").asInt())
                              .isPositive();
                        }));
    assertThat(Synthesized.resources("AWS::Scheduler::Schedule"))
        .isNotEmpty()
        .allSatisfy(
            (id, schedule) -> {
              assertThat(schedule.property("/Target/DeadLetterConfig/Arn")).isNotEmpty();
              assertThat(schedule.property("/Target/RetryPolicy/MaximumRetryAttempts").asInt())
                  .isPositive();
            });
    assertThat(Synthesized.resources("AWS::Lambda::EventInvokeConfig"))
        .hasSize(5)
        .allSatisfy(
            (id, config) ->
                assertThat(config.property("/DestinationConfig/OnFailure/Destination"))
                    .isNotEmpty());
  }

  @Test
  void everyQueueHasAnAlarmAndEveryAlarmCallsSomebody() {
    Set<String> watched = new TreeSet<>();
    assertThat(Synthesized.resources("AWS::CloudWatch::Alarm"))
        .isNotEmpty()
        .allSatisfy(
            (id, alarm) -> {
              assertThat(alarm.property("/AlarmActions")).isNotEmpty();
              assertThat(alarm.property("/AlarmDescription").asText()).isNotBlank();
              if (alarm.property("/Namespace").asText().equals("AWS/SQS")) {
                watched.add(alarm.property("/Dimensions/0/Value/Fn::GetAtt/0").asText());
              }
            });

    assertThat(watched).isEqualTo(Synthesized.resources("AWS::SQS::Queue").keySet());
  }

  @Test
  void everyLogIsKeptForAWhileAndNotForever() {
    assertThat(Synthesized.resources("AWS::Logs::LogGroup"))
        .isNotEmpty()
        .allSatisfy(
            (id, log) -> assertThat(log.property("/RetentionInDays").asInt()).isEqualTo(30));
  }

  @Test
  void noPartitionRegionOrAccountIsNailedDown() {
    String template = Json.pretty(Synthesized.flattened());

    assertThat(template).doesNotContain("arn:aws:").doesNotContain("amazonaws.com.cn");
    assertThat(template).doesNotContainPattern("(eu|us|ap)-[a-z]+-\\d");
  }
}
