package dev.freezeframe.operator.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.operator.cli.Table;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Finding.Status;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The results of all checks.
 *
 * @param at when it was asked
 */
public record Diagnosis(String stack, Instant at, List<Finding> findings) {
  /** Exit status: a check failed. */
  static final int FAILED = 1;

  public Diagnosis {
    findings = List.copyOf(findings);
  }

  private long count(Status status) {
    return findings.stream().filter(finding -> finding.status() == status).count();
  }

  int exitStatus() {
    return count(Status.FAIL) > 0 ? FAILED : 0;
  }

  /** Prints a row for each finding, and the sum. */
  void print(PrintWriter out, OptionalInt columns, boolean colour) {
    int names = findings.stream().mapToInt(finding -> finding.check().length()).max().orElse(0);
    for (Finding finding : findings) {
      StringWriter row = new StringWriter();
      String todo = finding.todo().isEmpty() ? "" : " -> " + finding.todo();
      new Table(new PrintWriter(row), columns, List.of(4, names))
          .row(List.of(word(finding.status()), finding.check()), finding.found() + todo);
      out.print(colour ? coloured(row.toString(), finding.status()) : row);
    }
    out.println();
    out.println(sum());
  }

  private String sum() {
    long warned = count(Status.WARN);
    return "%,d passed, %,d %s, %,d failed"
        .formatted(
            count(Status.PASS), warned, warned == 1 ? "warning" : "warnings", count(Status.FAIL));
  }

  /** A failure stands out without colours too. */
  private static String word(Status status) {
    return status == Status.FAIL ? "FAIL" : status.name().toLowerCase(Locale.ROOT);
  }

  /** Coloured once it is laid out: what colours takes no room. */
  private static String coloured(String row, Status status) {
    int ink =
        switch (status) {
          case PASS -> 32;
          case WARN -> 33;
          case FAIL -> 31;
        };
    return row.replaceFirst(word(status), "\u001b[%dm$0\u001b[0m".formatted(ink));
  }

  /** The same for a program to read. */
  String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("stack", stack);
    json.put("at", at.toString());
    for (Status status : Status.values()) {
      json.put(status.name().toLowerCase(Locale.ROOT), count(status));
    }
    ArrayNode checks = json.putArray("checks");
    findings.forEach(
        finding ->
            checks
                .addObject()
                .put("check", finding.check())
                .put("status", finding.status().name().toLowerCase(Locale.ROOT))
                .put("found", finding.found())
                .put("todo", finding.todo()));
    return json.toPrettyString();
  }
}
