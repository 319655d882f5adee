package dev.freezeframe.operator.evidence;

import static java.util.stream.Collectors.joining;

import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.operator.evidence.Evidence.InstanceProof;
import dev.freezeframe.operator.evidence.Evidence.Measure;
import dev.freezeframe.operator.evidence.Evidence.ProofState;
import dev.freezeframe.policy.Drill;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writes evidence as Markdown, for someone who knows nothing of the project. */
public final class EvidenceMarkdown {
  private static final String WHAT_A_DRILL_IS =
      """
      ## What was done

      A **snapshot set** is the backup of the volumes (disks) of one server, all taken at one instant. It is made by a **policy**.
      A **drill** restores such a set to see whether it can be: Freezeframe launches a server of its own, the drill instance, with new volumes
      made of the snapshots of the set; runs a program on it, the **document**, which checks them; and deletes the drill instance and its volumes again.
      The original server is not touched. Its boot volume is not restored: the drill instance boots from the image that is named with each drill.

      | level | what a drill that reaches it has shown |
      |---|---|
      | L0 | every snapshot of the set is there and complete, as Amazon EC2 says; a drill that asks for no more restores nothing |
      | L2 | the volumes were restored and put together, and their file systems were mounted and checked |
      | L3 | besides, the application was started on them, and its own check passed |

      | verdict of a drill | what it says | does it prove a restore? |
      |---|---|---|
      | PASSED | every check passed | yes, from level L2 on |
      | PASSED_WITH_WARNINGS | every check passed; the drill names what was not checked, or which target was missed | from level L2 on, of what was checked |
      | FAILED | the set could not be restored, a check found that its data cannot be used, or the checks came to no end and did not say why | no |
      | INCONCLUSIVE | the drill itself failed, for a reason that says nothing of the set | no |
      | SKIPPED | nothing was tried; the reason says why | no |

      | verdict of a set | how its backup was taken |
      |---|---|
      | APPLICATION | writing was held still while the snapshots were taken |
      | CRASH | nothing was held still: the set is as after a power cut |
      | UNKNOWN | scripts ran, but nothing proves that writing was held still |

      An instance is **proved** by its newest drill that failed or reached at least level L2: if that drill passed, and began no longer ago than its policy allows between two drills. What is INCONCLUSIVE, SKIPPED or of level L0 neither proves an instance nor takes a proof away.
      """;

  private final Evidence evidence;
  private final List<String> lines = new ArrayList<>();

  private EvidenceMarkdown(Evidence evidence) {
    this.evidence = evidence;
  }

  /** The whole document. */
  public static String write(Evidence evidence) {
    EvidenceMarkdown page = new EvidenceMarkdown(evidence);
    page.summary();
    page.lines.addAll(WHAT_A_DRILL_IS.lines().toList());
    page.lines.add("");
    page.unproved();
    page.proved();
    page.overview();
    page.underWay();
    page.codes();
    page.details();
    return String.join("\n", page.lines).strip() + "\n";
  }

  private void summary() {
    add("# Evidence of restore drills, %s to %s".formatted(evidence.from(), evidence.to()));
    add(
        "Drills that began on these days, both included, in UTC like all times here. Read from %s at %s."
            .formatted(text(evidence.source()), DrillText.minute(evidence.readAt())));
    Evidence.Totals totals = evidence.totals();
    lines.add("## In short");
    lines.add("");
    lines.add(
        "- %s ended: %s. %s drilled."
            .formatted(
                count(totals.drills(), "drill", "drills"),
                Arrays.stream(DrillVerdict.values())
                    .map(verdict -> "%d %s".formatted(totals.verdicts().get(verdict), verdict))
                    .collect(joining(", ")),
                totals.drilledInstances() == 1
                    ? "1 instance was"
                    : totals.drilledInstances() + " instances were"));
    if (totals.verdicts().get(DrillVerdict.INCONCLUSIVE) > 0) {
      lines.add("- INCONCLUSIVE drills prove nothing, and are not counted as passed.");
    }
    lines.add(
        "- Of %s, **%d %s proved and %d %s not**, as of %s%s."
            .formatted(
                count(totals.proved() + totals.unproved(), "instance", "instances")
                    + " that had backups",
                totals.proved(),
                totals.proved() == 1 ? "is" : "are",
                totals.unproved(),
                totals.unproved() == 1 ? "is" : "are",
                DrillText.minute(evidence.asOf()),
                totals.unproved() == 0 ? "" : ": " + states()));
    targets("recovery time", DrillEvidence::recoveryTime);
    targets("recovery point", DrillEvidence::recoveryPoint);
    add("- The drills cost about %s.".formatted(DrillText.dollars(totals.cost())));
  }

  private String states() {
    return Arrays.stream(ProofState.values())
        .filter(state -> state != ProofState.PROVED)
        .filter(state -> evidence.totals().states().get(state) > 0)
        .map(state -> "%d %s".formatted(evidence.totals().states().get(state), state.words()))
        .collect(joining(", "));
  }

  private void targets(String what, Function<DrillEvidence, Measure> measure) {
    List<Boolean> kept =
        evidence.drills().stream()
            .filter(drill -> drill.drill().verdict().passed())
            .flatMap(drill -> measure.apply(drill).kept().stream())
            .toList();
    if (!kept.isEmpty()) {
      lines.add(
          "- Of %s that passed and have a target for the %s, %d kept it."
              .formatted(
                  count(kept.size(), "drill", "drills"),
                  what,
                  kept.stream().filter(met -> met).count()));
    }
  }

  private void unproved() {
    List<InstanceProof> unproved =
        evidence.instances().stream().filter(proof -> proof.state() != ProofState.PROVED).toList();
    lines.add("## Instances that are not proved");
    lines.add("");
    if (unproved.isEmpty()) {
      add(
          evidence.instances().isEmpty()
              ? "No instance had a backup."
              : "None: every instance that had a backup is proved.");
    } else {
      lines.add("| instance | policy | state | last proof | why |");
      lines.add("|---|---|---|---|---|");
      unproved.forEach(
          proof ->
              lines.add(
                  "| %s | %s | %s | %s | %s |"
                      .formatted(
                          proof.instance(),
                          proof.policy(),
                          proof.state().words(),
                          proof.provedAt().map(DrillText::minute).orElse("none"),
                          text(proof.words()))));
      lines.add("");
    }
    add(
        "Instances are those that had a backup in the ledger when this was written. One whose backups have all expired since is not among them, and one that two policies back up is counted for each.");
  }

  private void proved() {
    List<InstanceProof> proved =
        evidence.instances().stream().filter(proof -> proof.state() == ProofState.PROVED).toList();
    if (proved.isEmpty()) {
      return;
    }
    lines.add("## Instances that are proved");
    lines.add("");
    lines.add("| instance | policy | proved by the drill of | level | to be drilled within |");
    lines.add("|---|---|---|---|---|");
    proved.forEach(
        proof ->
            lines.add(
                "| %s | %s | %s | %s | %s |"
                    .formatted(
                        proof.instance(),
                        proof.policy(),
                        proof.provedAt().map(DrillText::minute).orElse("unknown"),
                        proof.level().map(Drill.Level::name).orElse("unknown"),
                        proof
                            .withinSeconds()
                            .map(seconds -> DrillText.time(seconds.doubleValue()))
                            .orElse("unknown"))));
    lines.add("");
  }

  private void overview() {
    lines.add("## Drills");
    lines.add("");
    if (evidence.drills().isEmpty()) {
      add("No drill ended in this time: **nothing was tested.**");
      return;
    }
    lines.add(
        "| began | instance | policy | level asked | level reached | verdict | recovery time (target) | recovery point (target) | drill |");
    lines.add("|---|---|---|---|---|---|---|---|---|");
    evidence
        .drills()
        .forEach(
            drill ->
                lines.add(
                    "| %s | %s | %s | %s | %s | %s | %s | %s | [%s](#%s) |"
                        .formatted(
                            DrillText.minute(drill.drill().startedAt()),
                            drill.drill().instanceId(),
                            drill.drill().policy(),
                            drill.drill().level(),
                            DrillText.reached(drill.drill()),
                            drill.drill().verdict(),
                            DrillText.measure(drill, drill.recoveryTime()),
                            DrillText.measure(drill, drill.recoveryPoint()),
                            drill.drill().drillId(),
                            drill.drill().drillId().value().toLowerCase(Locale.ROOT))));
    lines.add("");
    add(
        "The recovery time is from the launch of the drill instance until the result of the checks was known; a target in brackets is kept or missed only if the drill passed. The recovery point is how old the set was when the drill began.");
  }

  private void underWay() {
    if (evidence.underWay().isEmpty()) {
      return;
    }
    lines.add("## Drills that have no result yet");
    lines.add("");
    evidence
        .underWay()
        .forEach(
            drill ->
                lines.add(
                    "- %s of %s (%s), began %s"
                        .formatted(
                            drill.drill(),
                            drill.instance(),
                            drill.policy(),
                            DrillText.minute(drill.startedAt()))));
    lines.add("");
  }

  private void codes() {
    lines.add("## What exit codes mean");
    lines.add("");
    add(
        "A document is run twice: a *dry run*, which looks whether the checks could run, and the *validation*, which runs them. Each ends with a code:");
    lines.add("| code | meaning | verdict |");
    lines.add("|---|---|---|");
    Stream.of(ExitCode.values()).map(ExitCode::row).forEach(lines::add);
    lines.add("");
    add(
        "PASSED becomes PASSED_WITH_WARNINGS where the drill names something. A document of the user may have others, whose meaning it defines itself: 202, 203 and 205 are INCONCLUSIVE, and all others FAILED.");
  }

  private void details() {
    if (!evidence.drills().isEmpty()) {
      lines.add("## Each drill");
      lines.add("");
      evidence
          .drills()
          .forEach(
              drill -> {
                add("### %s".formatted(drill.drill().drillId()));
                add("**%s**: %s.".formatted(drill.drill().verdict(), text(drill.drill().reason())));
                lines.addAll(DrillText.lines(drill, EvidenceMarkdown::text));
                lines.add("");
              });
    }
  }

  private void add(String paragraph) {
    lines.add(paragraph);
    lines.add("");
  }

  private static String count(int number, String one, String many) {
    return "%,d %s".formatted(number, number == 1 ? one : many);
  }

  /**
   * Text of others, which must not become markup: what guests and documents print may be anything.
   */
  private static String text(String words) {
    return Sentence.of(words).replaceAll("([\\\\`*_{}\\[\\]<>#|~])", "\\\\$1");
  }
}
