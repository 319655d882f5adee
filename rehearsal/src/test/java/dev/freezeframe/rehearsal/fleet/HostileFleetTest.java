package dev.freezeframe.rehearsal.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.input.InvalidInputException;
import dev.freezeframe.rehearsal.cloud.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that are no fleet, by accident or not: one sentence, and nothing else. */
@Timeout(60)
class HostileFleetTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String VALID =
      """
      {"Reservations": [{"Instances": [
        {"InstanceId": "i-0123456789abcdef0", "State": {"Code": 16, "Name": "running"},
         "LaunchTime": "2026-11-01T00:00:00+00:00", "PlatformDetails": "Linux/UNIX",
         "RootDeviceName": "/dev/xvda", "HibernationOptions": {"Configured": false},
         "Tags": [{"Key": "snapshot", "Value": "snapshot"}],
         "BlockDeviceMappings": [
           {"DeviceName": "/dev/xvda", "Ebs": {"VolumeId": "vol-0123456789abcdef0"}},
           {"DeviceName": "/dev/sdf", "Ebs": {"VolumeId": "vol-0123456789abcdef1"}}]}]}]}
      """;
  private static final List<JsonNode> VALUES =
      List.of(
          JSON.nullNode(),
          JSON.textNode(""),
          JSON.textNode("x".repeat(1_000_000)),
          JSON.textNode("\u001b[2J\n\u2028\u202e\ud800"),
          JSON.textNode("$(reboot)"),
          JSON.textNode("+1000000000-12-31T23:59:59Z"),
          JSON.numberNode(-1),
          JSON.numberNode(1e300),
          JSON.numberNode(Long.MAX_VALUE),
          JSON.booleanNode(true),
          JSON.arrayNode().add(JSON.nullNode()),
          JSON.arrayNode(),
          JSON.objectNode());

  /** Whether it was refused, which it is in one short sentence. */
  private static boolean refused(String text) {
    try {
      new FleetReader(new Seed(1)).read("fleet.json", text);
      return false;
    } catch (InvalidInputException refused) {
      assertThat(refused.getMessage())
          .hasLineCount(1)
          .hasSizeLessThan(1_000)
          .startsWith("fleet.json: ");
      assertThat(refused.getMessage().codePoints().noneMatch(Character::isISOControl)).isTrue();
      return true;
    }
  }

  @Test
  void aValidFileWithSomethingWrongIsReadOrRefused() throws JsonProcessingException {
    Random random = new Random(6);
    JsonMapper mapper = new JsonMapper();
    int refused = 0;
    for (int round = 0; round < 2_000; round++) {
      JsonNode fleet = mapper.readTree(VALID);
      List<JsonNode> containers = new ArrayList<>();
      collect(fleet, containers);
      JsonNode place = containers.get(random.nextInt(containers.size()));
      JsonNode value = VALUES.get(random.nextInt(VALUES.size())).deepCopy();
      if (place instanceof ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        object.set(names.get(random.nextInt(names.size())), value);
      } else {
        ((ArrayNode) place).set(0, value);
      }
      refused += refused(fleet.toString()) ? 1 : 0;
    }
    assertThat(refused).isPositive();
    assertThat(refused(VALID)).isFalse();
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode() && !node.isEmpty()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  @Test
  void whatIsNoJsonIsRefused() {
    for (String text :
        List.of(
            "",
            "null",
            "7",
            "[]",
            "\u0000",
            VALID + VALID,
            VALID.substring(0, 200),
            "[".repeat(100_000),
            "{\"Reservations\":".repeat(100_000),
            "{\"Reservations\": [null]}",
            "{\"Reservations\": [{\"Instances\": [null]}]}",
            "{\"Reservations\": \"%s\"}".formatted("x".repeat(1_000_000)))) {
      assertThat(refused(text)).as(text.substring(0, Math.min(99, text.length()))).isTrue();
    }
  }
}
