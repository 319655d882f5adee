package dev.freezeframe.rehearsal.faults;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes faults as a file that {@link FaultsReader} reads as the same faults. */
public final class FaultsWriter {
  private FaultsWriter() {}

  /** The text of a file. */
  public static String write(List<Fault> faults) {
    return faults.isEmpty()
        ? "faults: []\n"
        : faults.stream()
            .map(fault -> "  - {%s}\n".formatted(line(fault)))
            .collect(joining("", "faults:\n", ""));
  }

  /** The fields of one, on one line. */
  public static String line(Fault fault) {
    return fields(fault).entrySet().stream()
        .map(field -> field.getKey() + ": " + field.getValue())
        .collect(joining(", "));
  }

  private static Map<String, Object> fields(Fault fault) {
    Occasions occasions = fault.occasions();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("number", fault.number());
    fields.put("instance", occasions.instance().orElse("\"*\""));
    fields.put("at", fault.at());
    fields.put("do", fault.argument().name().isPresent() ? literal(fault.does()) : fault.does());
    occasions.task().ifPresent(task -> fields.put("task", quoted(task)));
    occasions.after().ifPresent(after -> fields.put("after", quoted(after)));
    if (occasions.span().from().isAfter(Instant.MIN)) {
      fields.put("from", quoted(occasions.span().from()));
    }
    if (occasions.span().until().isBefore(Instant.MAX)) {
      fields.put("until", quoted(occasions.span().until()));
    }
    occasions.percent().ifPresent(percent -> fields.put("percent", percent));
    occasions.times().ifPresent(times -> fields.put("times", times));
    return fields;
  }

  /** As YAML has a text in which nothing stands for anything else. */
  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String quoted(Object value) {
    return "\"" + value + "\"";
  }
}
