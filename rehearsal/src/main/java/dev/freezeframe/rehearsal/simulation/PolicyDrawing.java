package dev.freezeframe.rehearsal.simulation;

import java.util.List;

/** Draws policies, as the text of their files. */
final class PolicyDrawing {
  /** As long as a name may be, for the limits on names that are made of it. */
  private static final String LONG_NAME = "a-policy-with-a-name-of-forty-characters";

  static final String FOREIGN_DOCUMENT = "foreign-freeze";

  /** Keeps DLM's contract, freezes, and has no timer of its own. */
  static final String FOREIGN =
      """
      schemaVersion: "2.2"
      description: A document of others that freezes and has no timer
      parameters:
        executionId: {type: String, default: None, allowedPattern: "^(None|[a-fA-F0-9-]{36})$"}
        command: {type: String, default: dry-run, allowedValues: [pre-script, post-script, dry-run]}
      mainSteps:
        - action: aws:runShellScript
          name: run_script
          precondition: {StringEquals: [platformType, Linux]}
          inputs:
            runCommand: ["fsfreeze -f /data"]
      """;

  private PolicyDrawing() {}

  static String draw(Draw draw, int number, boolean foreign) {
    StringBuilder yaml = new StringBuilder();
    line(
        yaml,
        "name: %s".formatted(number == 1 ? draw.one(List.of("nightly", LONG_NAME)) : "other"));
    line(yaml, "schedule: {%s}".formatted(schedule(draw)));
    if (draw.percent(20)) {
      line(yaml, "volumes: {excludeBoot: false}");
    }
    if (foreign || draw.percent(80)) {
      scripts(yaml, draw, foreign);
    }
    retention(yaml, draw);
    line(
        yaml,
        "completion: {firstWait: %s, longestWait: 15m, giveUpAfter: %s}"
            .formatted(draw.one(List.of("1m", "5m", "15m")), draw.one(List.of("1h", "4h", "12h"))));
    if (draw.percent(30)) {
      line(
          yaml,
          "pacing: {setsPerSecond: %s, jitter: 1m}".formatted(draw.one(List.of("0.2", "1", "5"))));
    }
    return yaml.toString();
  }

  private static String schedule(Draw draw) {
    return draw.one(
        List.of(
            "cron: \"0 2 * * ? *\"",
            "cron: \"0 2 * * ? *\"",
            "cron: \"0 2 * * ? *\"",
            "cron: \"15 22 * * ? *\"",
            "cron: \"0 2,14 * * ? *\"",
            "cron: \"30 3 * * ? *\", timeZone: Europe/Berlin",
            "cron: \"0 1/6 * * ? *\"",
            "rate: 8 hours"));
  }

  private static void scripts(StringBuilder yaml, Draw draw, boolean foreign) {
    String document =
        foreign
            ? FOREIGN_DOCUMENT
            : draw.one(
                List.of(
                    "freezeframe-filesystem",
                    "freezeframe-filesystem",
                    "freezeframe-mysql",
                    "freezeframe-postgresql",
                    "freezeframe-sync"));
    line(
        yaml,
        """
        scripts:
          document: %s
          timeout: %s
          retries: %d
          fallBackToCrashConsistent: %s
          freezeBudget: %s\
        """
            .formatted(
                document,
                draw.one(List.of("10s", "30s", "60s")),
                draw.between(0, 3),
                foreign || draw.percent(70),
                draw.one(List.of("5s", "20s", "30s"))));
  }

  private static void retention(StringBuilder yaml, Draw draw) {
    StringBuilder rules = new StringBuilder();
    if (draw.percent(50)) {
      rules.append("days: %d, ".formatted(draw.between(1, 2)));
    }
    if (draw.percent(40)) {
      rules.append("count: %d, ".formatted(draw.between(1, 3)));
    }
    if (draw.percent(25)) {
      rules.append("tiers: {daily: %d}, ".formatted(draw.between(1, 2)));
    }
    if (draw.percent(40)) {
      rules.append("minimum: %d, ".formatted(draw.between(0, 3)));
    }
    if (!rules.isEmpty()) {
      line(yaml, "retention: {%s}".formatted(rules.substring(0, rules.length() - 2)));
    }
  }

  private static void line(StringBuilder yaml, String line) {
    yaml.append(line).append('\n');
  }
}
