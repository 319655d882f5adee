package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.Json;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.functions.Answer;
import dev.freezeframe.snapshot.SnapshotTags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Snapshots of other systems, in the embedded cloud, from their taking to their end. */
class AdoptionTest {
  private static final String TWO_DAYS =
      """
      name: daily
      schedule: {cron: "0 2 * * ? *"}
      retention: {days: 2}
      """;

  private final List<JsonNode> answers = new ArrayList<>();

  /** Nobody but AWS can set DLM's own aws:dlm tags, so these stand for them. */
  private static final Map<String, String> DLM =
      Map.of(
          "dlm:policy", "policy-0123456789abcdef0",
          "dlm:managed", "true");

  private static void takenByAnother(EmbeddedCloud cloud, int instance, Map<String, String> tags) {
    cloud
        .time()
        .start(
            "another system",
            () ->
                cloud
                    .ec2()
                    .createSnapshots(
                        request ->
                            request
                                .instanceSpecification(
                                    any -> any.instanceId(Fleets.instanceId(instance)))
                                .tagSpecifications(tagged(tags))));
  }

  private static TagSpecification tagged(Map<String, String> tags) {
    return TagSpecification.builder()
        .resourceType(ResourceType.SNAPSHOT)
        .tags(
            tags.entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList())
        .build();
  }

  private void adopt(EmbeddedCloud cloud, Duration after, boolean apply, String tag, String more) {
    ObjectNode order = Json.mapper().createObjectNode();
    order.put("apply", apply);
    order.put("tag", tag);
    order.set("policy", Json.mapper().valueToTree(new PolicyReader().read("daily.yaml", TWO_DAYS)));
    if (!more.isEmpty()) {
      order.put("instanceTag", more);
    }
    cloud
        .time()
        .after(
            after,
            () ->
                cloud
                    .functions()
                    .invoke(
                        "AdoptSnapshots",
                        order.toString().getBytes(StandardCharsets.UTF_8),
                        answer -> answers.add(read(((Answer.Success) answer).payload()))));
  }

  private static JsonNode read(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  @Test
  void whatDlmTookIsShownThenAdoptedAndThenEndsByThePolicy() {
    Result result =
        Scene.of(Fleets.of(2, 1))
            .policy(TWO_DAYS)
            .firings(List.of(Scene.DUE.plus(Duration.ofDays(1))))
            .besides(cloud -> takenByAnother(cloud, 1, DLM))
            .alsoBesides(cloud -> adopt(cloud, Duration.ofHours(1), false, "dlm:policy", ""))
            .alsoBesides(cloud -> adopt(cloud, Duration.ofHours(2), true, "dlm:policy", ""))
            .alsoBesides(cloud -> adopt(cloud, Duration.ofHours(3), true, "dlm:policy", ""))
            .alsoBesides(cloud -> cloud.scheduleExpiry(List.of(Scene.DUE.plus(Duration.ofDays(2)))))
            .play();

    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).path("words").get(0).asText()).startsWith("would adopt [snap-");
    assertThat(answers.get(1).path("words").get(0).asText())
        .startsWith("adopted [snap-")
        .contains(Fleets.instanceId(1));
    assertThat(answers.get(2).path("adopted").asInt()).isZero();
    assertThat(result.deletions())
        .hasSize(2)
        .allSatisfy(
            life -> {
              assertThat(life.adoption().orElseThrow().from())
                  .isEqualTo("made by others, found by the tag dlm:policy");
              assertThat(life.row().consistency().map(Enum::name)).contains("UNKNOWN");
              assertThat(life.deletion().orElseThrow().rule()).isEqualTo("age");
            });
    assertThat(result.snapshots())
        .hasSize(2)
        .noneMatch(view -> view.tags().containsKey("dlm:managed"));
  }

  @Test
  void whatIsOnlyShownIsNeitherTaggedNorRecordedNorDeleted() {
    Result result =
        Scene.of(Fleets.one(1, 1))
            .policy(TWO_DAYS)
            .firings(List.of(Scene.DUE.plus(Duration.ofDays(1))))
            .besides(cloud -> takenByAnother(cloud, 1, DLM))
            .alsoBesides(cloud -> adopt(cloud, Duration.ofHours(1), false, "dlm:managed", ""))
            .alsoBesides(cloud -> cloud.scheduleExpiry(List.of(Scene.DUE.plus(Duration.ofDays(9)))))
            .play();

    assertThat(result.snapshots())
        .filteredOn(view -> view.tags().containsKey("dlm:managed"))
        .hasSize(2)
        .extracting(SnapshotView::tags)
        .noneMatch(tags -> tags.containsKey(SnapshotTags.RUN));
    assertThat(result.lives()).hasSize(1);
  }

  @Test
  void whatTheSecondSeedTookIsOfTheInstanceThatItsTagNames() {
    Map<String, String> tags =
        Map.of("snapshot", "snapshot", "instance", Fleets.instanceId(2), "snaplifetime", "2");
    Result result =
        Scene.of(Fleets.of(2, 1))
            .policy(TWO_DAYS)
            .firings(List.of(Scene.DUE.plus(Duration.ofDays(1))))
            .besides(cloud -> takenByAnother(cloud, 1, tags))
            .alsoBesides(
                cloud -> adopt(cloud, Duration.ofHours(1), true, "snaplifetime", "instance"))
            .play();

    assertThat(result.lives().values())
        .filteredOn(life -> life.adoption().isPresent())
        .hasSize(2)
        .extracting((SnapshotHistory life) -> life.row().instance().value())
        .containsOnly(Fleets.instanceId(2));
  }
}
