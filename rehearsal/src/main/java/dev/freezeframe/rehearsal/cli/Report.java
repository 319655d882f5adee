package dev.freezeframe.rehearsal.cli;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.freezeframe.input.DidYouMean;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.ledger.run.PageRow;
import dev.freezeframe.operator.cli.Paragraph;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.rehearsal.run.Firing;
import dev.freezeframe.rehearsal.run.InstanceReport;
import dev.freezeframe.rehearsal.run.Result;
import dev.freezeframe.rehearsal.run.WaitsForSlots;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * Prints the result of a rehearsal: the fleet, the backups, how they ended and what the words mean,
 * what needs a look, and where the rest is.
 */
final class Report {
  private static final int MAX_NAMED = 5;

  /** The words of a line that a new reader does not know, in the order in which they are told. */
  private static final Map<String, String> LEGEND = new LinkedHashMap<>();

  static {
    LEGEND.put("APPLICATION", "writes were held at the point in time, and that is proved");
    LEGEND.put("APPLICATION (claimed)", "the scripts succeeded; nothing says what they held");
    LEGEND.put("CRASH", "what a power failure would have left on the volumes");
    LEGEND.put("UNKNOWN", "writes may have been held; the reason says what the proof lacks");
  }

  private final PrintWriter out;
  private final OptionalInt columns;
  private final boolean quiet;

  /**
   * A report.
   *
   * @param quiet whether there is a line for each instance, instead of one for each backup
   */
  Report(PrintWriter out, OptionalInt columns, boolean quiet) {
    this.out = out;
    this.columns = columns;
    this.quiet = quiet;
  }

  /**
   * Prints it.
   *
   * @param documents of the account, by name
   * @param pendingLimit the quota of pending snapshots that it ran under
   */
  void print(Result result, Map<String, String> documents, int pendingLimit, OutFolder files) {
    List<InstanceReport> reports = result.reports();
    fleet(result).ifPresent(this::say);
    InstanceLines lines = new InstanceLines(out, columns, result, reports);
    if (quiet) {
      lines.perInstance();
    } else {
      lines.perRun();
    }
    if (!result.expiries().isEmpty()) {
      blankLine();
      new RetentionCalendar(out, columns).print(result);
    }
    if (!result.drills().reports().isEmpty()) {
      blankLine();
      new DrillLines(out, columns, result).print(result.drills());
    }
    result
        .restores()
        .ifPresent(
            restores -> {
              blankLine();
              new RestoreLines(out, columns, result).print(restores);
            });
    blankLine();
    say(summary(result, reports));
    Optional<String> assumed = AssumedDatabase.sentence(result.policy(), documents, reports);
    legend(reports, assumed.isPresent() || !result.assumed().isEmpty());
    assumed.ifPresent(this::say);
    warnings(result, reports, pendingLimit).forEach(this::say);
    OwnDocument.of(result.policy(), documents)
        .map(own -> own.sentence(!result.assumed().isEmpty()))
        .ifPresent(this::say);
    if (!quiet) {
      say(
          "Calls: "
              + result.calls().entrySet().stream()
                  .map(call -> call.getKey() + " " + call.getValue())
                  .collect(Collectors.joining(", ")));
    }
    say(concurrency(result.concurrency()));
    out.println("Written: " + files.run());
    result.drills().evidence().ifPresent(any -> out.println("For an auditor: " + files.evidence()));
    out.println("To look at: " + files.page());
    out.flush();
  }

  /** How many of the fleet match, and which do not; empty: that is not known. */
  private static Optional<String> fleet(Result result) {
    if (!result.matchedAny() || !result.firings().stream().allMatch(Firing::selectedAll)) {
      return Optional.empty();
    }
    Set<String> matched =
        result.firings().stream()
            .flatMap(firing -> firing.view().pages().stream())
            .flatMap(Report::instances)
            .collect(Collectors.toSet());
    Map<String, String> names = result.fleet().names();
    List<String> others =
        result.fleet().instances().stream()
            .map(Instance::instanceId)
            .filter(instance -> !matched.contains(instance))
            .map(instance -> named(instance, names))
            .toList();
    return Optional.of(
        "%d of %d instances match%s"
            .formatted(
                matched.size(),
                result.fleet().instances().size(),
                others.isEmpty() ? "" : "; no target tag: " + few(others)));
  }

  private static Stream<String> instances(PageRow page) {
    return Stream.concat(
        page.selected().stream().map(Object::toString),
        page.invalid().stream().map(invalid -> invalid.instance().value()));
  }

  private static String summary(Result result, List<InstanceReport> reports) {
    if (reports.isEmpty() && !result.firings().stream().allMatch(Firing::selectedAll)) {
      return "Whether an instance matches the policy is not known: its targets were not selected.";
    }
    if (reports.isEmpty()) {
      return noneMatched(result);
    }
    Map<String, Long> ends =
        reports.stream()
            .collect(
                groupingBy(
                    report -> report.status().name().toLowerCase(Locale.ROOT),
                    TreeMap::new,
                    counting()));
    Map<String, Long> verdicts = verdicts(reports);
    return "%s; %s"
        .formatted(words(ends), verdicts.isEmpty() ? "no snapshot set" : words(verdicts));
  }

  private static String noneMatched(Result result) {
    List<TagSelector> targets = result.policy().targets();
    List<String> tags =
        result.fleet().instances().stream()
            .flatMap(instance -> instance.tags().stream())
            .map(tag -> tag.key() + "=" + tag.value())
            .distinct()
            .toList();
    return "NO INSTANCE MATCHED the policy: none of %d carries %s%s%s."
        .formatted(
            result.fleet().instances().size(),
            targets.stream().map(TagSelector::toString).collect(Collectors.joining(", or ")),
            targets.stream().anyMatch(target -> target.toString().contains(","))
                ? " (one tag whose value holds a comma; there is no AND)"
                : "",
            targets.stream()
                .flatMap(target -> DidYouMean.to(target.toString(), tags).stream())
                .findFirst()
                .map(nearest -> "; the nearest tag there is " + Sentence.of(nearest))
                .orElse(""));
  }

  private static Map<String, Long> verdicts(List<InstanceReport> reports) {
    return reports.stream()
        .filter(report -> report.consistency().isPresent())
        .collect(groupingBy(InstanceLines::verdict, TreeMap::new, counting()));
  }

  private static String words(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  /**
   * What the verdicts mean that are above, and what the seconds are.
   *
   * @param assumed whether something is taken for granted of the scripts
   */
  private void legend(List<InstanceReport> reports, boolean assumed) {
    Map<String, Long> verdicts = verdicts(reports);
    LEGEND.forEach(
        (verdict, meaning) -> {
          if (verdicts.containsKey(verdict)) {
            String doubt =
                assumed && verdict.equals("APPLICATION")
                    ? ", if the scripts do what is assumed"
                    : "";
            Paragraph.lines(columns, "  ", "    ", verdict + ": " + meaning + doubt)
                .forEach(out::println);
          }
        });
    if (reports.stream().anyMatch(report -> !report.frozen().isZero())) {
      Paragraph.lines(
              columns,
              "  ",
              "    ",
              "frozen: how long the guest stood still; the times in a reason are the part of it that is proved")
          .forEach(out::println);
    }
    if (reports.stream().anyMatch(report -> !report.down().isZero())) {
      Paragraph.lines(
              columns,
              "  ",
              "    ",
              "down: how long the instance did not run, from stop to running")
          .forEach(out::println);
    }
  }

  private static List<String> warnings(
      Result result, List<InstanceReport> reports, int pendingLimit) {
    Stream.Builder<String> warnings = Stream.builder();
    still("FROZEN", result.stillFrozen()).ifPresent(warnings::add);
    still("UNMOUNTED", result.stillUnmounted()).ifPresent(warnings::add);
    still("STOPPED", result.stillStopped()).ifPresent(warnings::add);
    still("RESTORED", result.drills().stillRestored()).ifPresent(warnings::add);
    result.firings().stream()
        .filter(firing -> !firing.selectedAll())
        .forEach(
            firing ->
                warnings.add(
                    "NOT ALL TARGETS WERE SELECTED in the run of " + firing.scheduledAt()));
    if (!result.risks().troubles().isEmpty()) {
      warnings.add("CANNOT BE RESTORED: " + String.join("; ", result.risks().troubles()));
    }
    neverBackedUp(result, reports).ifPresent(warnings::add);
    overBudget(result, reports).ifPresent(warnings::add);
    WaitsForSlots.of(result).sentence(pendingLimit).ifPresent(warnings::add);
    return warnings.build().toList();
  }

  private static Optional<String> still(String what, List<String> instances) {
    return instances.isEmpty()
        ? Optional.empty()
        : Optional.of("STILL %s: %s".formatted(what, String.join(", ", instances)));
  }

  /** The instances of which every backup was skipped, over several runs; a failure fails anyway. */
  private static Optional<String> neverBackedUp(Result result, List<InstanceReport> reports) {
    if (result.firings().size() < 2) {
      return Optional.empty();
    }
    Map<String, String> names = result.fleet().names();
    Map<String, List<InstanceReport>> instances =
        reports.stream()
            .collect(
                groupingBy(report -> report.instance().value(), TreeMap::new, Collectors.toList()));
    List<String> never =
        instances.entrySet().stream()
            .filter(
                backups ->
                    backups.getValue().stream()
                        .allMatch(report -> report.status() == Status.SKIPPED))
            .map(
                backups ->
                    "%s (%d of %d skipped)"
                        .formatted(
                            named(backups.getKey(), names),
                            backups.getValue().size(),
                            backups.getValue().size()))
            .toList();
    return never.isEmpty() ? Optional.empty() : Optional.of("NEVER BACKED UP: " + few(never));
  }

  /** The id, and the name where the instance has one. */
  private static String named(String instance, Map<String, String> names) {
    return names.containsKey(instance)
        ? instance + " " + Sentence.of(names.get(instance))
        : instance;
  }

  private static String few(List<String> all) {
    return all.stream().limit(MAX_NAMED).collect(Collectors.joining(", "))
        + (all.size() > MAX_NAMED ? " and %d more".formatted(all.size() - MAX_NAMED) : "");
  }

  /** The guests that stood still for longer than the policy plans. */
  private static Optional<String> overBudget(Result result, List<InstanceReport> reports) {
    Optional<Duration> budget = result.policy().scripts().map(Scripts::freezeBudget);
    List<InstanceReport> over =
        reports.stream()
            .filter(
                report -> budget.filter(most -> report.frozen().compareTo(most) > 0).isPresent())
            .toList();
    if (over.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "FROZEN FOR LONGER than scripts.freezeBudget (%d s): %s"
            .formatted(
                budget.orElseThrow().toSeconds(),
                few(
                    over.stream()
                        .map(
                            report ->
                                "%s %s"
                                    .formatted(
                                        report.instance(), InstanceLines.frozen(report.frozen())))
                        .toList())));
  }

  private static String concurrency(Result.Concurrency functions) {
    String most =
        "Functions at once: %d at most, of %d that the account lets run"
            .formatted(functions.most(), functions.quota());
    return functions.throttled().isEmpty()
        ? most
        : "%s; THROTTLED: %s"
            .formatted(
                most,
                functions.throttled().entrySet().stream()
                    .map(function -> function.getKey() + " " + function.getValue())
                    .collect(Collectors.joining(", ")));
  }

  /** Between paragraphs; a quiet report has none. */
  private void blankLine() {
    if (!quiet) {
      out.println();
    }
  }

  private void say(String sentence) {
    Paragraph.lines(columns, sentence).forEach(out::println);
  }
}
