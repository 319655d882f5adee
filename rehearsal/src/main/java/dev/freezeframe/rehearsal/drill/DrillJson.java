package dev.freezeframe.rehearsal.drill;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What {@code run.json} says of drills. */
public final class DrillJson {
  private DrillJson() {}

  /** Adds {@code drills} and {@code stillRestored}. */
  public static void write(Drills drills, ObjectNode json) {
    ArrayNode still = json.putArray("stillRestored");
    drills.stillRestored().forEach(still::add);
    ArrayNode reports = json.putArray("drills");
    drills.reports().forEach(report -> drill(report, reports.addObject()));
  }

  private static void drill(DrillReport report, ObjectNode json) {
    json.put("drillId", report.row().id().value());
    json.put("setId", report.row().order().set().value());
    json.put("instanceId", report.row().order().instance().value());
    json.put("level", report.row().order().drill().level().name());
    json.put("verdict", report.verdict().map(Enum::name).orElse(null));
    json.put("reason", report.reason());
    ArrayNode warnings = json.putArray("warnings");
    report.warnings().forEach(warnings::add);
    ObjectNode stages = json.putObject("stages");
    report.stages().forEach((stage, seconds) -> stages.put(stage, rounded(seconds, 3)));
    json.put("cost", rounded(report.cost(), 6));
    ArrayNode states = json.putArray("states");
    report.states().forEach(states::add);
  }

  private static BigDecimal rounded(double value, int places) {
    return BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP);
  }
}
