package dev.freezeframe.operator.restore.text;

import dev.freezeframe.common.English;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.operator.cli.Paragraph;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.guest.GuestHint;
import dev.freezeframe.restore.guest.GuestHints;
import dev.freezeframe.restore.plan.Planned;
import dev.freezeframe.restore.view.RestoreView;
import dev.freezeframe.restore.view.SetView;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A plan in sentences: the verdict first, then what happens, how long it takes, and what to do. */
public final class RestoreText {
  private final PrintWriter out;
  private final OptionalInt columns;

  /**
   * Text for someone.
   *
   * @param columns how wide a line may be; empty: as long as it is
   */
  public RestoreText(PrintWriter out, OptionalInt columns) {
    this.out = out;
    this.columns = columns;
  }

  /**
   * Prints a plan.
   *
   * @param chosen how the set was chosen; none: it was named
   * @param apply the command that carries it out; empty: none is named
   */
  public void print(
      Planned.Plan planned, RestoreView view, List<String> chosen, Optional<String> apply) {
    RestorePlan plan = planned.plan();
    section("Set", set(plan, view.set(), chosen));
    section("What happens", happens(plan));
    section("What stays", stays(plan));
    section("Time", RestoreTimes.words(plan, view.set()));
    section("Price", price(plan));
    hints(plan, view);
    section("Warnings", planned.warnings());
    apply.ifPresent(
        command -> {
          out.println("Plan %s; nothing has been changed. To apply it:".formatted(planned.hash()));
          out.println();
          out.println("  " + command);
        });
  }

  private void section(String heading, List<String> sentences) {
    if (sentences.isEmpty()) {
      return;
    }
    out.println(heading);
    for (String sentence : sentences) {
      Paragraph.lines(columns, "  ", "    ", Sentence.of(sentence)).forEach(out::println);
    }
    out.println();
  }

  private static List<String> set(RestorePlan plan, SetView set, List<String> chosen) {
    List<String> words = new ArrayList<>();
    words.add(
        "%s: %s"
            .formatted(
                set.consistency()
                    .map(consistency -> Verdict.words(consistency, set.proof()))
                    .orElse("Not judged"),
                set.reason()));
    words.add(
        "Set %s of %s, %s, %s."
            .formatted(
                plan.request().set(),
                plan.request().instance(),
                set.pointInTime().map(Object::toString).orElse("of an unknown time"),
                English.count(set.members().size(), "snapshot", "snapshots")));
    chosen.stream().map(English::upperFirst).map(sentence -> sentence + ".").forEach(words::add);
    return words;
  }

  private static List<String> happens(RestorePlan plan) {
    List<String> words = new ArrayList<>();
    plan.volumes().stream().map(volume -> created(plan, volume)).forEach(words::add);
    plan.request()
        .initializeMiBps()
        .ifPresent(rate -> words.add("Each is initialized at %d MiB/s.".formatted(rate)));
    words.addAll(
        switch (plan.request().to()) {
          case VOLUMES -> List.of("They are attached to nothing.");
          case INSTANCE -> List.of("%s goes on as it is.".formatted(plan.target().orElseThrow()));
          case NEW -> launched(plan);
          case IN_PLACE -> inPlace(plan);
          case ROOT ->
              List.of(
                  "EC2 reboots %s on it; addresses and other volumes stay."
                      .formatted(plan.target().orElseThrow()));
        });
    return words;
  }

  private static String created(RestorePlan plan, Creation volume) {
    String device =
        volume
            .device()
            .map(
                name ->
                    " and attached to %s as %s"
                        .formatted(
                            plan.target().map(Object::toString).orElse("the new instance"), name))
            .orElse("");
    return "A volume of %s (of %s%s) is created in %s%s: %s."
        .formatted(
            volume.snapshot(),
            volume.original(),
            volume.root() ? ", the root" : "",
            plan.zone(),
            device,
            settings(volume));
  }

  private static String settings(Creation volume) {
    List<String> words = new ArrayList<>();
    words.add(volume.type());
    words.add("%,d GiB".formatted(volume.sizeGiB()));
    volume.iops().ifPresent(iops -> words.add("%,d IOPS".formatted(iops)));
    volume.throughput().ifPresent(rate -> words.add("%,d MiB/s".formatted(rate)));
    words.add(
        volume
            .kmsKeyId()
            .map(key -> "encrypted with " + key)
            .orElse("its snapshot is not encrypted"));
    if (volume.device().isPresent()) {
      words.add(
          volume.deleteOnTermination()
              ? "deleted with the instance"
              : "kept when the instance is terminated");
    }
    return String.join(", ", words);
  }

  private static List<String> inPlace(RestorePlan plan) {
    List<String> words = new ArrayList<>();
    String target = plan.target().orElseThrow().value();
    words.add(
        plan.running()
            ? "%s is stopped once all volumes are available, and started on them: it is down meanwhile, for minutes."
                .formatted(target)
            : "%s is stopped, and stays so.".formatted(target));
    plan.replaced()
        .forEach(
            old ->
                words.add(
                    "%s is detached from %s of %s, tagged freezeframe:replaced-by, and kept."
                        .formatted(old.volume(), old.device(), target)));
    return words;
  }

  private static List<String> launched(RestorePlan plan) {
    RestorePlan.Launch launch = plan.launch().orElseThrow();
    InstanceSettings settings = launch.settings();
    return List.of(
        launch
                .image()
                .map("An instance is launched of the image %s"::formatted)
                .orElse(
                    "An image is registered of the root, for this launch alone; an instance is launched of it")
            + ", as %s in %s%s%s, named %s."
                .formatted(
                    settings.type().orElse("its type"),
                    settings.subnet().orElse("its subnet"),
                    settings.securityGroups().isEmpty()
                        ? ""
                        : " with " + English.and(settings.securityGroups()),
                    settings.profile().map(" and the profile "::concat).orElse(""),
                    launch.tags().getOrDefault("Name", "nothing")));
  }

  private static List<String> stays(RestorePlan plan) {
    List<String> words = new ArrayList<>();
    words.add("No snapshot and no volume that is there now is deleted, resized or force-detached.");
    words.add("Retention keeps the set as long as the restore goes on.");
    if (plan.request().to().disturbsInstance()) {
      words.add(
          "If a step fails, %s gets its old volumes back; undo does the same later."
              .formatted(plan.target().orElseThrow()));
    } else {
      words.add("If a step fails, what was created is deleted; undo does the same later.");
    }
    if (!plan.request().targetTags()) {
      words.add(
          "Copies get no tag by which a policy chooses instances, so that no backup begins of them.");
    }
    return words;
  }

  private static List<String> price(RestorePlan plan) {
    List<String> words = new ArrayList<>();
    words.add(Prices.packaged().words(plan.volumes()));
    if (plan.request().initializeMiBps().isPresent()) {
      words.add(
          "EC2 bills the initialization rate besides, by GiB of snapshot data and rate, and whole even if the volume is deleted early.");
    }
    if (plan.request().to() == Destination.NEW) {
      words.add("The new instance is billed besides, as any of its type.");
    }
    return words;
  }

  private void hints(RestorePlan plan, RestoreView view) {
    Optional<String> platform =
        view.facts().flatMap(RestoreFacts::settings).flatMap(InstanceSettings::platformDetails);
    List<GuestHint> hints = GuestHints.of(plan, platform);
    if (hints.isEmpty()) {
      return;
    }
    out.println("In the guest");
    for (GuestHint hint : hints) {
      String text = hint.when().isEmpty() ? hint.text() : hint.when() + ": " + hint.text();
      Paragraph.lines(columns, "  ", "    ", Sentence.of(text)).forEach(out::println);
      hint.commands().forEach(this::command);
      if (!hint.afterwards().isEmpty()) {
        out.println("    afterwards:");
        hint.afterwards().forEach(this::command);
      }
    }
    out.println();
  }

  /** As it is: it is copied into a shell. */
  private void command(String text) {
    text.lines().forEach(line -> out.println("      " + line));
  }

  /** Prints why a restore is refused. */
  public void print(List<String> reasons, List<String> chosen) {
    section(
        "Chosen",
        chosen.stream().map(English::upperFirst).map(sentence -> sentence + ".").toList());
    section("The restore is refused", reasons);
  }
}
