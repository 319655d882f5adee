package dev.freezeframe.rehearsal.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.cloud.InvocationFault;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.functions.Functions;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventBusTest {
  private static final Instant START = Instant.parse("2026-11-22T02:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final VirtualTime time = new VirtualTime(START);
  private final List<String> delivered = new ArrayList<>();

  @AfterEach
  void close() {
    time.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'source':['aws.ec2']}                                             | true",
        "{'source':['aws.ssm','aws.ec2']}                                   | true",
        "{'source':['aws.ssm']}                                             | false",
        "{'source':['aws.ec2'],'detail':{'result':['failed']}}              | false",
        "{'source':['aws.ec2'],'detail':{'result':['failed','succeeded']}}  | true",
        "{'detail':{'missing':['x']}}                                       | false",
        "{'resources':['arn:b']}                                            | true",
        "{'detail':{'snapshots':{'status':['error']}}}                      | true",
        "{}                                                                 | true"
      })
  void aRuleTakesTheEventsThatHaveOneOfItsValuesInEachField(String pattern, boolean taken) {
    ObjectNode event =
        json(
            "{'source':'aws.ec2','resources':['arn:a','arn:b'],'detail':{'result':'succeeded',"
                + "'snapshots':[{'status':'completed'},{'status':'error'}]}}");

    assertThat(new EventPattern(json(pattern)).matches(event)).isEqualTo(taken);
  }

  @Test
  void aPatternOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> new EventPattern(json("{'detail':{'name':[{'suffix':'x'}]}}")))
        .hasMessage(
            "event pattern, field '.detail.name': expected a list of exact values or prefixes,"
                + " found [{\"suffix\":\"x\"}]");
  }

  @Test
  void anEventReachesTheTargetsOfItsRulesAMomentLater() {
    EventBus bus = bus(EventFault.NONE);
    bus.rule("one", json("{'source':['a']}"), this::note);
    bus.rule("two", json("{'source':['a']}"), this::note);
    bus.rule("other", json("{'source':['b']}"), this::note);

    bus.publish(json("{'source':'a','n':1}"));
    time.run();

    assertThat(delivered).containsExactly("1 at 500", "1 at 500");
    assertThat(bus.deliveries()).hasToString("{one=1, other=0, two=1}");
  }

  @Test
  void eventsGetLostAndComeTwiceAndLate() {
    EventBus bus =
        bus(
            new EventFault() {
              @Override
              public List<Duration> deliveries(JsonNode event) {
                return switch (event.path("n").asInt()) {
                  case 1 -> List.of();
                  case 2 -> List.of(Duration.ZERO, Duration.ofSeconds(3));
                  default -> List.of(Duration.ofMinutes(30));
                };
              }
            });
    bus.rule("all", json("{}"), this::note);

    for (int n = 1; n <= 3; n++) {
      bus.publish(json("{'n':%d}".formatted(n)));
    }
    time.run();

    assertThat(delivered).containsExactly("2 at 500", "2 at 3500", "3 at 1800500");
  }

  @Test
  void aFunctionIsInvokedWithTheEvent() {
    Functions functions = new Functions(time, new Seed(1), InvocationFault.NONE, 10);
    functions.register(
        "Apply",
        (input, output, context) -> note(JSON.readTree(input)),
        Duration.ofMinutes(1),
        512);
    EventBus bus = bus(EventFault.NONE);
    bus.rule("apply", json("{}"), Target.function(functions, "Apply"));

    bus.publish(json("{'n':7}"));
    time.run();

    assertThat(delivered).containsExactly("7 at 1300");
  }

  @Test
  void whatIsChangedAfterwardsIsNotDelivered() {
    EventBus bus = bus(EventFault.NONE);
    bus.rule("all", json("{}"), this::note);
    ObjectNode event = json("{'n':1}");

    bus.publish(event);
    event.put("n", 2);
    time.run();

    assertThat(delivered).containsExactly("1 at 500");
  }

  private EventBus bus(EventFault faults) {
    return new EventBus(time, faults);
  }

  private void note(JsonNode event) {
    delivered.add(
        "%d at %d"
            .formatted(
                event.path("n").asInt(), Duration.between(START, time.instant()).toMillis()));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
