package dev.freezeframe.documents;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line {@code FREEZEFRAME event=... at=... key=value}, as docs/ssm-documents.md has it. */
record Stamp(String event, Instant at, Map<String, String> values) {

  private static final Pattern PAIR =
      Pattern.compile("([a-z-]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+))");

  static List<Stamp> all(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith("FREEZEFRAME "))
        .map(Stamp::parse)
        .toList();
  }

  private static Stamp parse(String line) {
    Map<String, String> values = new LinkedHashMap<>();
    Matcher pair = PAIR.matcher(line);
    while (pair.find()) {
      String quoted = pair.group(2);
      values.put(
          pair.group(1), quoted == null ? pair.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
    }
    return new Stamp(values.remove("event"), Instant.parse(values.remove("at")), values);
  }
}
