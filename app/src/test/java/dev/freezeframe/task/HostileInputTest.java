package dev.freezeframe.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What tasks are invoked with as a mishap or an attacker would write it: it is believed because it
 * is valid, or refused in one sentence, and nothing else happens.
 */
class HostileInputTest {
  /** More of them with {@code -Dfreezeframe.inputs=3000}. */
  private static final int ROUNDS = Integer.getInteger("freezeframe.inputs", 150);

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final List<JsonNode> VALUES =
      List.of(
          JSON.nullNode(),
          JSON.textNode(""),
          JSON.textNode("true"),
          JSON.textNode("7"),
          JSON.textNode("$(reboot); `id` && rm -rf / | x > y '\"\\"),
          JSON.textNode("\u001b[2J\u0007\n{\"decided\": \"forged\"}\r\u2028\u202e\u0000\ud800"),
          JSON.textNode("i-0123456789abcdef0"),
          JSON.textNode("snap-0123456789abcdef0"),
          JSON.textNode("daily"),
          JSON.textNode("other-20261122T020000Z"),
          JSON.textNode("PT-1S"),
          JSON.textNode("PT2562047788015215H"),
          JSON.textNode("+1000000000-12-31T23:59:59Z"),
          JSON.textNode("-1000000000-01-01T00:00:00Z"),
          JSON.textNode("Antarctica/Troll"),
          JSON.numberNode(-1),
          JSON.numberNode(0),
          JSON.numberNode(1.5),
          JSON.numberNode(Long.MAX_VALUE),
          JSON.numberNode(1e300),
          JSON.booleanNode(true),
          JSON.arrayNode(),
          JSON.arrayNode().add(JSON.nullNode()),
          JSON.objectNode(),
          JSON.objectNode().put("answer", "x").put("@class", "java.net.URL"));

  static Set<String> tasks() {
    return Task.byName().keySet();
  }

  private static String invoke(String task, byte[] input) throws IOException {
    TestContext context = new TestContext();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String ending;
    try {
      Task.of(task).in(new NoAws()).handleRequest(new ByteArrayInputStream(input), out, context);
      ending = "answered";
    } catch (UnsupportedOperationException believed) {
      ending = "believed";
    } catch (RuntimeException refused) {
      boolean ours =
          refused.getClass().getName().startsWith("dev.freezeframe.")
              || refused.getClass() == IllegalArgumentException.class
              || refused.getClass() == IllegalStateException.class;
      if (!ours || refused.getMessage() == null || refused.getMessage().length() > 1500) {
        fail(
            "%s was given %s and ended with %s"
                .formatted(task, start(new String(input, StandardCharsets.UTF_8)), refused),
            refused);
      }
      ending = refused.getMessage();
    }
    assertThat(context.log().lines()).as("lines in the log of %s", task).hasSizeLessThan(2);
    assertThat(context.log()).hasSizeLessThan(20_000).doesNotContain("\u001b", "\u2028", "\u202e");
    return ending;
  }

  private static String start(String text) {
    return text.substring(0, Math.min(4000, text.length()));
  }

  private static byte[] bytes(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aValidInputIsBelieved(String task) throws IOException {
    assertThat(invoke(task, bytes(Inputs.all().get(task)))).doesNotStartWith("input of");
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void anInputWithSomethingWrongIsBelievedOrRefusedInWords(String task) throws IOException {
    Random random = new Random(task.hashCode());
    int refused = 0;
    JsonNode valid = Inputs.all().get(task);
    for (int round = 0; round < ROUNDS; round++) {
      JsonNode input = valid.deepCopy();
      for (int wrong = 1 + random.nextInt(2); wrong > 0; wrong--) {
        mutate(input, random);
      }
      String ending = invoke(task, bytes(input));
      refused += ending.startsWith("input of " + task) ? 1 : 0;
    }
    if (!Inputs.all().get(task).isEmpty()) {
      assertThat(refused).as("refused inputs of %s", task).isPositive();
    }
  }

  /** Changes, removes or adds something somewhere. */
  private static void mutate(JsonNode root, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    JsonNode place = containers.get(random.nextInt(containers.size()));
    JsonNode value = VALUES.get(random.nextInt(VALUES.size())).deepCopy();
    if (place instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name =
          names.isEmpty() || random.nextInt(10) == 0
              ? "unknown"
              : names.get(random.nextInt(names.size()));
      if (random.nextInt(6) == 0) {
        object.remove(name);
      } else {
        object.set(name, value);
      }
    } else if (place instanceof ArrayNode array) {
      if (array.isEmpty() || random.nextBoolean()) {
        array.add(value);
      } else {
        array.set(random.nextInt(array.size()), value);
      }
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void whatIsNoJsonIsRefused(String task) throws IOException {
    String valid = Inputs.all().get(task).toString();
    List<String> inputs =
        List.of(
            "",
            " ",
            "null",
            "[]",
            "7",
            "\"text\"",
            "{}x",
            valid + valid,
            valid.substring(0, valid.length() / 2),
            "[".repeat(100_000),
            "{\"a\":".repeat(100_000),
            "\u001b[2J",
            "{\"execution\": 1e999999999}");
    for (String input : inputs) {
      assertThat(invoke(task, input.getBytes(StandardCharsets.UTF_8)))
          .as("%s, given %s", task, start(input))
          .satisfiesAnyOf(
              ending -> assertThat(ending).startsWith("input of " + task),
              ending -> assertThat(ending).startsWith("answered"),
              // What needs no input acts on any object, and asks AWS at once.
              ending -> assertThat(task + " is " + ending).isEqualTo("SweepDrills is believed"));
    }
    assertThat(invoke(task, new byte[] {(byte) 0xff, (byte) 0xfe, 0}))
        .startsWith("input of " + task);
    assertThat(invoke(task, new byte[2 * 1024 * 1024]))
        .isEqualTo(
            "input of %s: the input is larger than 1048576 bytes, expected 1048576 at most"
                .formatted(task));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aTextOfAMegabyteIsCutBeforeItIsRepeated(String task) throws IOException {
    String text = "x".repeat(1_000_000);
    ObjectNode valid = (ObjectNode) Inputs.all().get(task);
    List<String> names = new ArrayList<>(List.of("unknown"));
    valid.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      ObjectNode input = valid.deepCopy();
      input.put(name, text);
      invoke(task, bytes(input));
    }
  }

  @Test
  void theFirstThingThatIsWrongIsNamedWithItsPlace() throws IOException {
    ObjectNode input = Inputs.all().get("InspectInstance").deepCopy();
    ((ObjectNode) input.at("/work/policy/scripts")).put("timeout", "PT9H");
    assertThat(invoke("InspectInstance", bytes(input)))
        .isEqualTo(
            "input of InspectInstance: work.policy.scripts.timeout is 'PT9H', expected"
                + " whole seconds, 10s..120s");
    ((ObjectNode) input.at("/work/policy/scripts")).put("document", "x; reboot");
    assertThat(invoke("InspectInstance", bytes(input)))
        .contains("scripts.document is 'x; reboot', expected the name or ARN of an SSM document");
    input.put("instanceId", "i-0\u001b[2J");
    assertThat(invoke("InspectInstance", bytes(input)))
        .isEqualTo(
            "input of InspectInstance: instanceId is 'i-0\\u001b[2J', expected i- and 8 to 17"
                + " hexadecimal digits");
  }

  @Test
  void aRunOfAnotherPolicyIsRefused() throws IOException {
    ObjectNode input = Inputs.all().get("CreateSnapshots").deepCopy();
    ((ObjectNode) input.get("work")).put("runId", "daily-2-20261122T020000Z");

    assertThat(invoke("CreateSnapshots", bytes(input)))
        .contains("work.runId is 'daily-2-20261122T020000Z', expected a run of the policy daily");
  }

  @Test
  void aRunIsNotClaimedBeforeItsTime() throws IOException {
    ObjectNode input = Inputs.all().get("SelectTargets").deepCopy();
    ((ObjectNode) input.get("work")).put("scheduledAt", "2026-11-23T02:00:00Z").remove("page");

    assertThat(invoke("SelectTargets", bytes(input)))
        .isEqualTo(
            "work.scheduledAt is 2026-11-23T02:00:00Z, expected no time after"
                + " 2026-11-22T03:05:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "source, freezeframe",
    "source, aws.ec2",
    "account, 210987654321",
    "region, us-east-1",
    "detail, null"
  })
  void anEndOfAnExecutionThatIsNotOursIsLeftAlone(String field, String value) throws IOException {
    ObjectNode event = Inputs.all().get("ThawAbandoned").deepCopy();
    event.set(field, value.equals("null") ? JSON.nullNode() : JSON.textNode(value));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String task : List.of("ThawAbandoned", "RecordAbandoned")) {
      out.reset();
      Task.of(task)
          .in(new NoAws())
          .handleRequest(new ByteArrayInputStream(bytes(event)), out, new TestContext());

      assertThat(out.toString(StandardCharsets.UTF_8)).contains("[\"left alone: ");
    }
  }

  @Test
  void onlyTrueAdopts() throws IOException {
    for (JsonNode wrong : List.of(JSON.textNode("true"), JSON.numberNode(1))) {
      ObjectNode input = Inputs.all().get("AdoptSnapshots").deepCopy();
      input.set("apply", wrong);

      assertThat(invoke("AdoptSnapshots", bytes(input)))
          .startsWith("input of AdoptSnapshots: apply is ");
    }
  }
}
