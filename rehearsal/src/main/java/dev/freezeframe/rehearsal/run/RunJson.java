package dev.freezeframe.rehearsal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.lambda.Json;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.rehearsal.ec2.SnapshotView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Writes {@code run.json}: the same result, the same bytes. */
public final class RunJson {
  private static final JsonMapper JSON = Json.mapper();

  private RunJson() {}

  public static String write(Result result) {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    try {
      return JSON.writer(printer).writeValueAsString(tree(result)) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static ObjectNode tree(Result result) {
    ObjectNode json = JSON.createObjectNode();
    json.put("seed", result.seed());
    json.set("policy", JSON.valueToTree(result.policy()));
    ArrayNode runs = json.putArray("runs");
    result
        .firings()
        .forEach(
            firing -> {
              ObjectNode run = runs.addObject();
              run.put("scheduledAt", firing.scheduledAt().toString());
              ArrayNode instances = run.putArray("instances");
              InstanceReport.of(firing, result).forEach(report -> instances.add(instance(report)));
            });
    ObjectNode calls = json.putObject("calls");
    result.calls().forEach(calls::put);
    ArrayNode stillFrozen = json.putArray("stillFrozen");
    result.stillFrozen().forEach(stillFrozen::add);
    json.set("ledger", JSON.valueToTree(result.ledger()));
    ArrayNode snapshots = json.putArray("ec2Snapshots");
    result.snapshots().forEach(snapshot -> snapshots.add(snapshot(snapshot)));
    return json;
  }

  private static ObjectNode instance(InstanceReport report) {
    ObjectNode json = JSON.createObjectNode();
    json.put("instanceId", report.instance().value());
    json.put("executionId", report.executionId().map(id -> id.value()).orElse(null));
    json.put("status", report.status().name());
    json.put("consistency", report.consistency().orElse(null));
    json.put("reason", report.reason());
    json.put("preScript", report.preScript().orElse(null));
    json.put("postScript", report.postScript().orElse(null));
    json.put("attempts", report.attempts());
    json.put("frozenSeconds", BigDecimal.valueOf(report.frozen().toMillis(), 3));
    ArrayNode snapshots = json.putArray("snapshots");
    report.snapshots().forEach(row -> snapshots.add(snapshot(row)));
    ArrayNode states = json.putArray("states");
    report.states().forEach(states::add);
    ArrayNode calls = json.putArray("callsWhileFrozen");
    report.callsWhileFrozen().forEach(calls::add);
    return json;
  }

  private static ObjectNode snapshot(SnapshotRow row) {
    ObjectNode json = JSON.createObjectNode();
    json.put("snapshotId", row.snapshot().value());
    json.put("volumeId", row.volume().value());
    json.put("state", row.state().name().toLowerCase(Locale.ROOT));
    json.put("startTime", row.pointInTime().toString());
    json.put("expiresAt", text(row.expiresAt()));
    return json;
  }

  private static ObjectNode snapshot(SnapshotView view) {
    ObjectNode json = JSON.createObjectNode();
    json.put("snapshotId", view.snapshotId());
    json.put("volumeId", view.volumeId());
    json.put("state", view.state());
    ObjectNode tags = json.putObject("tags");
    view.tags().forEach(tags::put);
    return json;
  }

  private static String text(Optional<Instant> instant) {
    return instant.map(Instant::toString).orElse(null);
  }
}
