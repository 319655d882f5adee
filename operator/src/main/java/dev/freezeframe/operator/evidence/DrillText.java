package dev.freezeframe.operator.evidence;

import static java.util.stream.Collectors.joining;

import dev.freezeframe.operator.evidence.Evidence.Measure;
import dev.freezeframe.operator.evidence.Evidence.TestedSet;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.task.drill.DrillEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Says what is known of a drill, for a page and for a terminal. */
final class DrillText {
  private static final String VALIDATE = "validate";

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  private static final Map<String, String> STAGES =
      Map.of(
          "running", "instance running",
          "agent", "agent online",
          "mounted", "volumes mounted",
          "checked", "file systems checked",
          "started", "application started",
          "validated", "result known",
          "gone", "everything deleted");

  private final UnaryOperator<String> text;
  private final List<String> lines = new ArrayList<>();

  private DrillText(UnaryOperator<String> text) {
    this.text = text;
  }

  /**
   * What is known of it besides its verdict and reason, a line each.
   *
   * @param text makes the text of others harmless where the lines are shown
   */
  static List<String> lines(DrillEvidence drill, UnaryOperator<String> text) {
    DrillText all = new DrillText(text);
    all.set(drill);
    all.how(drill);
    all.result(drill);
    return all.lines;
  }

  private void set(DrillEvidence drill) {
    DrillEvent event = drill.drill();
    TestedSet set = drill.set();
    item("level", "%s asked, %s reached".formatted(event.level(), reached(event)));
    item(
        "tested",
        "a set of %s by policy %s, chosen because %s"
            .formatted(event.instanceId(), event.policy(), text.apply(drill.why())));
    item(
        "set",
        "%s%s, %s"
            .formatted(
                set.set(),
                set.pointInTime().map(at -> " of " + minute(at)).orElse(""),
                set.verdict()
                    .map(
                        verdict ->
                            verdict + set.reason().map(why -> ": " + text.apply(why)).orElse(""))
                    .orElse("its verdict is on record no more")));
    item(
        event.drillInstanceId().isPresent() ? "restored" : "to be restored",
        set.volumes().isEmpty()
            ? "nothing"
            : set.volumes().stream()
                .map(
                    volume ->
                        "%s of %s%s (%,d GiB)"
                            .formatted(
                                volume.snapshot(),
                                volume.original(),
                                volume.restored().map(made -> " as " + made).orElse(""),
                                volume.sizeGiB()))
                .collect(joining(", ")));
    each("not restored", set.excluded());
  }

  private void how(DrillEvidence drill) {
    DrillEvent event = drill.drill();
    event
        .document()
        .ifPresent(
            document ->
                item(
                    "document",
                    "%s version %s, SHA-256 %s"
                        .formatted(
                            text.apply(document.name()),
                            text.apply(document.version()),
                            document.sha256().isEmpty() ? "not stated" : document.sha256())));
    event
        .drillInstanceId()
        .ifPresent(
            instance ->
                item(
                    "drill instance",
                    instance
                        + drill.instanceType().map(", "::concat).orElse("")
                        + event.image().map(image -> ", image " + text.apply(image)).orElse("")));
  }

  private void result(DrillEvidence drill) {
    DrillEvent event = drill.drill();
    event.exitCodes().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            code ->
                item(
                    code.getKey().equals(VALIDATE) ? "validation" : "dry run",
                    "%s: %s"
                        .formatted(
                            code.getValue() < 0 ? "no exit code" : "exit code " + code.getValue(),
                            drill
                                .failedChecks()
                                .getOrDefault(
                                    code.getKey(),
                                    code.getKey().equals(VALIDATE)
                                        ? ExitCode.meaningOf(0)
                                        : "the checks can run"))));
    if (!event.stages().isEmpty()) {
      item("stages since the launch", stages(event));
    }
    if (drill.recoveryTime().seconds().isPresent()
        || drill.recoveryTime().targetSeconds().isPresent()) {
      item("recovery time", measure(drill, drill.recoveryTime()));
    }
    if (drill.recoveryPoint().seconds().isPresent()) {
      item("recovery point", measure(drill, drill.recoveryPoint()));
    }
    each("warning", event.warnings());
    item("began, ended", "%s, %s".formatted(minute(event.startedAt()), minute(event.endedAt())));
    item("cost", "about " + dollars(event.cost()));
    each("left behind", event.left());
  }

  private String stages(DrillEvent event) {
    return event.stages().entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(
            stage ->
                "%s %s"
                    .formatted(
                        STAGES.getOrDefault(stage.getKey(), text.apply(stage.getKey())),
                        time(stage.getValue())))
        .collect(joining(", "));
  }

  private void item(String name, String words) {
    lines.add("- %s: %s".formatted(name, words));
  }

  private void each(String name, List<String> all) {
    all.forEach(words -> item(name, text.apply(words)));
  }

  /** The level that a drill has reached. */
  static String reached(DrillEvent event) {
    return event.reached().map(Drill.Level::name).orElse("none");
  }

  /** With its target. A set that cannot be used was not recovered, however fast. */
  static String measure(DrillEvidence drill, Measure measure) {
    String measured = measure.seconds().map(DrillText::time).orElse("not measured");
    String kept =
        drill.drill().verdict().passed()
            ? measure.kept().map(met -> met ? ", kept" : ", **missed**").orElse("")
            : "";
    return measured
        + measure
            .targetSeconds()
            .map(target -> " (%s%s)".formatted(time(target.doubleValue()), kept))
            .orElse("");
  }

  static String minute(Instant at) {
    return MINUTE.format(at);
  }

  static String dollars(double cost) {
    return String.format(Locale.ROOT, "US$ %.3f", cost);
  }

  /** The two largest units that are not nothing, such as {@code 1 h 3 min}; rounded up. */
  static String time(double seconds) {
    Duration time = Duration.ofSeconds((long) Math.ceil(seconds));
    List<String> parts = new ArrayList<>();
    part(time.toDays(), "d").ifPresent(parts::add);
    part(time.toHoursPart(), "h").ifPresent(parts::add);
    part(time.toMinutesPart(), "min").ifPresent(parts::add);
    part(time.toSecondsPart(), "s").ifPresent(parts::add);
    return parts.isEmpty() ? "0 s" : String.join(" ", parts.subList(0, Math.min(2, parts.size())));
  }

  private static Optional<String> part(long number, String unit) {
    return number == 0 ? Optional.empty() : Optional.of(number + " " + unit);
  }
}
