package dev.freezeframe.rehearsal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.Json;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.rehearsal.drill.DrillJson;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.restore.RestoreJson;
import dev.freezeframe.retention.RetainedSet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
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
    json.put("endedAt", result.end().toString());
    ArrayNode runs = json.putArray("runs");
    ReportIndex index = new ReportIndex(result);
    Map<String, String> names = result.fleet().names();
    result
        .firings()
        .forEach(
            firing -> {
              ObjectNode run = runs.addObject();
              run.put("scheduledAt", firing.scheduledAt().toString());
              ArrayNode instances = run.putArray("instances");
              InstanceReport.of(firing, result, index)
                  .forEach(report -> instances.add(instance(report, names)));
            });
    ObjectNode calls = json.putObject("calls");
    result.calls().forEach(calls::put);
    ArrayNode stillFrozen = json.putArray("stillFrozen");
    result.stillFrozen().forEach(stillFrozen::add);
    ArrayNode stillStopped = json.putArray("stillStopped");
    result.stillStopped().forEach(stillStopped::add);
    ArrayNode stillUnmounted = json.putArray("stillUnmounted");
    result.stillUnmounted().forEach(stillUnmounted::add);
    DrillJson.write(result.drills(), json);
    ArrayNode assumed = json.putArray("assumedDocuments");
    result.assumed().forEach(assumed::add);
    ArrayNode deletions = json.putArray("deletions");
    result.deletions().forEach(life -> deletions.add(deletion(life)));
    ArrayNode kept = json.putArray("kept");
    result.kept().forEach(set -> kept.add(kept(set)));
    json.set("ledger", JSON.valueToTree(result.ledger()));
    ArrayNode snapshots = json.putArray("ec2Snapshots");
    result.snapshots().forEach(snapshot -> snapshots.add(snapshot(snapshot)));
    result.restores().ifPresent(restores -> RestoreJson.write(restores, json));
    return json;
  }

  private static ObjectNode instance(InstanceReport report, Map<String, String> names) {
    ObjectNode json = JSON.createObjectNode();
    json.put("instanceId", report.instance().value());
    json.put("name", names.get(report.instance().value()));
    json.put("executionId", report.executionId().map(id -> id.value()).orElse(null));
    json.put("status", report.status().name());
    json.put("consistency", report.consistency().orElse(null));
    json.put("proof", report.proof().map(Enum::name).orElse(null));
    json.put("reason", report.reason());
    json.put("preScript", report.preScript().orElse(null));
    json.put("postScript", report.postScript().orElse(null));
    json.put("attempts", report.attempts());
    json.put("frozenSeconds", BigDecimal.valueOf(report.frozen().toMillis(), 3));
    json.put("downSeconds", BigDecimal.valueOf(report.down().toMillis(), 3));
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
    json.put("consistency", row.verdict().map(own -> own.consistency().name()).orElse(null));
    json.put("proof", row.verdict().flatMap(Verdict::proof).map(Enum::name).orElse(null));
    return json;
  }

  private static ObjectNode deletion(SnapshotHistory life) {
    Deletion deletion = life.deletion().orElseThrow();
    ObjectNode json = JSON.createObjectNode();
    json.put("snapshotId", life.row().snapshot().value());
    json.put("setId", life.row().set().value());
    json.put("at", deletion.at().toString());
    json.put("rule", deletion.rule());
    json.put("reason", deletion.reason());
    return json;
  }

  private static ObjectNode kept(RetainedSet set) {
    ObjectNode json = JSON.createObjectNode();
    json.put("setId", set.set().value());
    json.put("instanceId", set.group().instance().value());
    json.put("pointInTime", set.pointInTime().toString());
    ArrayNode reasons = json.putArray("reasons");
    ArrayNode expiring = json.putArray("expiring");
    set.reasons().forEach(set.expires() ? expiring::add : reasons::add);
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
