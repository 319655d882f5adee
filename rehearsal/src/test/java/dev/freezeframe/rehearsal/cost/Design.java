package dev.freezeframe.rehearsal.cost;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** A way to back up a fleet, deployed into an embedded cloud and started there once. */
enum Design {
  OURS("ours: events, the ledger looked at with growing waits") {
    @Override
    void begin(Stage stage) {
      stage.cloud.schedule(
          new PolicyReader()
              .read(
                  "policy.yaml",
                  """
                  name: daily
                  schedule: {cron: "0 2 * * ? *"}
                  scripts: {document: freezeframe-filesystem, timeout: 30s, retries: 1}
                  retention: {days: 14}
                  """),
          List.of(DUE));
    }
  },

  POLLING("each backup asks EC2 once a minute") {
    @Override
    void begin(Stage stage) {
      stage.function(
          "PollingScript",
          1024,
          (plain, input, context) -> {
            plain.run(
                Script.valueOf(input.get("command").asText()), input.get("instanceId").asText());
            return snapshots(List.of());
          });
      stage.function(
          "PollingCreate",
          1024,
          (plain, input, context) -> snapshots(plain.create(input.get("instanceId").asText())));
      stage.function(
          "PollingRecord",
          512,
          (plain, input, context) -> {
            plain.record(snapshots(input));
            return snapshots(List.of());
          });
      stage.function(
          "PollingLook",
          512,
          (plain, input, context) -> settled(plain.settle(snapshots(input)), List.of()));
      stage.startForEach("polling");
    }
  },

  WAITING("a function does all and waits, asking EC2 every 15 s") {
    @Override
    void begin(Stage stage) {
      stage.function(
          "Waiting",
          512,
          (plain, input, context) -> {
            List<SnapshotId> snapshots = snapshots(input);
            if (input.has("instanceId")) {
              String instance = input.get("instanceId").asText();
              plain.run(Script.PRE_SCRIPT, instance);
              snapshots = plain.create(instance);
              plain.run(Script.POST_SCRIPT, instance);
              plain.record(snapshots);
            }
            boolean settled = plain.settle(snapshots);
            while (!settled && context.getRemainingTimeInMillis() > 30_000) {
              plain.pause(Duration.ofSeconds(15));
              settled = plain.settle(snapshots);
            }
            return settled(settled, snapshots);
          });
      stage.startForEach("waiting");
    }
  },

  /**
   * As the EBS lifecycle scripts do it: nothing is awaited, and the whole table is read each hour.
   */
  SWEEPING("one function orders all, another asks EC2 each hour") {
    @Override
    void begin(Stage stage) {
      stage.function(
          "SweepingStart",
          512,
          (plain, input, context) -> {
            for (JsonNode instance : input.get("instances")) {
              plain
                  .dependencies()
                  .ssm()
                  .sendCommand(
                      request ->
                          request
                              .documentName(SsmDocument.SYNC.ssmName())
                              .instanceIds(instance.asText())
                              .parameters(Map.of("command", List.of("pre-script"))));
              plain.record(plain.create(instance.asText()));
            }
            return snapshots(List.of());
          });
      stage.function(
          "SweepingLook",
          512,
          (plain, input, context) -> {
            plain.settleEach(plain.pending());
            return snapshots(List.of());
          });
      var input = JsonNodeFactory.instance.objectNode();
      stage.cloud.ssm().guests().keySet().forEach(input.withArray("instances")::add);
      stage.invoke(DUE, "SweepingStart", input);
      for (int hour = 1; hour <= 7; hour++) {
        stage.invoke(DUE.plus(Duration.ofHours(hour)), "SweepingLook", input);
      }
    }
  };

  static final Instant DUE = Instant.parse("2026-11-22T02:00:00Z");

  final String words;

  Design(String words) {
    this.words = words;
  }

  abstract void begin(Stage stage);

  private static JsonNode settled(boolean settled, List<SnapshotId> snapshots) {
    var answer = JsonNodeFactory.instance.objectNode().put("settled", settled);
    answer.set("snapshots", snapshots(snapshots).get("snapshots"));
    return answer;
  }

  private static JsonNode snapshots(List<SnapshotId> snapshots) {
    var answer = JsonNodeFactory.instance.objectNode();
    var ids = answer.putArray("snapshots");
    snapshots.forEach(snapshot -> ids.add(snapshot.value()));
    return answer;
  }

  private static List<SnapshotId> snapshots(JsonNode input) {
    return StreamSupport.stream(input.path("snapshots").spliterator(), false)
        .map(id -> new SnapshotId(id.asText()))
        .toList();
  }

  /** What a function of these does. */
  @FunctionalInterface
  interface Work {
    JsonNode on(PlainBackup plain, JsonNode input, Context context);
  }

  /** A cloud to deploy a design into. */
  static final class Stage {
    final EmbeddedCloud cloud;
    private final Meter meter;
    private final PlainBackup plain;
    private final Map<String, String> arns = new TreeMap<>();

    Stage(EmbeddedCloud cloud, Meter meter, PlainBackup plain) {
      this.cloud = cloud;
      this.meter = meter;
      this.plain = plain;
    }

    void function(String name, int memoryMb, Work work) {
      RequestStreamHandler handler =
          (in, out, context) ->
              Json.mapper().writeValue(out, work.on(plain, Json.mapper().readTree(in), context));
      arns.put(
          name,
          cloud
              .functions()
              .register(name, meter.metered(memoryMb, handler), Duration.ofMinutes(15), memoryMb));
    }

    /** Starts an execution for each instance, at the pace of our default policy. */
    void startForEach(String machine) {
      String arn = cloud.states().deploy(machine, file(machine), arns);
      int turn = 0;
      for (String instance : cloud.ssm().guests().keySet()) {
        cloud
            .time()
            .at(
                DUE.plusMillis(200L * turn++),
                () ->
                    cloud
                        .states()
                        .start(
                            arn,
                            instance,
                            JsonNodeFactory.instance.objectNode().put("instanceId", instance)));
      }
    }

    void invoke(Instant at, String function, JsonNode input) {
      cloud
          .time()
          .at(
              at,
              () ->
                  cloud
                      .functions()
                      .invokeAsync(function, input.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String file(String machine) {
      try (InputStream file = Design.class.getResourceAsStream(machine + ".asl.json")) {
        return new String(file.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }
}
