package dev.freezeframe.restore.plan;

import static dev.freezeframe.restore.plan.RequestRules.when;

import dev.freezeframe.common.English;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.view.RestoreReader;
import dev.freezeframe.restore.view.TargetView;
import dev.freezeframe.restore.view.TargetView.Attached;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether volumes may be attached to an instance now, whatever becomes of its own. */
final class TargetRules {
  private static final Set<String> MOVING = Set.of("attaching", "busy", "detaching");

  static final List<Function<Question, Stream<String>>> TABLE =
      List.of(
          TargetRules::gone,
          TargetRules::state,
          TargetRules::hibernated,
          TargetRules::backup,
          TargetRules::restore,
          TargetRules::moving,
          TargetRules::marketplace,
          TargetRules::sameLineage);

  private TargetRules() {}

  private static Stream<String> gone(Question question) {
    return RestoreReader.changed(question.request()).stream()
        .filter(
            instance ->
                question.target().isEmpty() || question.target().get().state().equals("terminated"))
        .map(
            instance ->
                "%s does not exist any more, expected an instance%s"
                    .formatted(
                        instance,
                        question.request().to().disturbsInstance()
                            ? "; --to new launches another"
                            : ""));
  }

  private static Stream<String> state(Question question) {
    boolean running = question.request().to() == Destination.ROOT;
    Set<String> allowed = running ? Set.of("running") : Set.of("running", "stopped");
    return question.target().stream()
        .filter(target -> !target.state().equals("terminated"))
        .filter(target -> !allowed.contains(target.state()))
        .map(
            target ->
                "%s is %s, expected %s"
                    .formatted(
                        target.instance(),
                        target.state(),
                        running
                            ? "running: EC2 replaces the root of a running instance alone"
                            : "running or stopped"));
  }

  private static Stream<String> hibernated(Question question) {
    return question.target().stream()
        .filter(TargetView::hibernated)
        .filter(target -> !target.running())
        .map(
            target ->
                "%s is hibernated: its memory would be resumed on volumes of another time; start it, and stop it without hibernation"
                    .formatted(target.instance()));
  }

  private static Stream<String> backup(Question question) {
    return question.target().stream()
        .flatMap(
            target ->
                target.backup().stream()
                    .map(
                        words ->
                            "a backup of %s is under way: %s; try again when it has ended"
                                .formatted(target.instance(), words)));
  }

  private static Stream<String> restore(Question question) {
    return question.target().stream()
        .flatMap(
            target ->
                target.restore().stream()
                    .map(
                        other ->
                            "%s is being restored by %s; ./freezeframe restore show %s says how far it is"
                                .formatted(target.instance(), other, other)));
  }

  private static Stream<String> moving(Question question) {
    return question.target().stream()
        .flatMap(
            target ->
                target.attached().stream()
                    .filter(volume -> MOVING.contains(volume.state()))
                    .map(
                        volume ->
                            "%s of %s is %s, expected attached"
                                .formatted(volume.volume(), target.instance(), volume.state())));
  }

  /**
   * A volume with a product code can be attached to a stopped instance alone, which has to support
   * the product (API reference, AttachVolume).
   */
  private static Stream<String> marketplace(Question question) {
    List<String> codes =
        question.settings().map(InstanceSettings::productCodes).orElse(List.of()).stream()
            .sorted()
            .toList();
    Destination to = question.request().to();
    boolean attaches = to == Destination.INSTANCE || to == Destination.IN_PLACE;
    if (!attaches || codes.isEmpty() || question.root().isEmpty()) {
      return Stream.empty();
    }
    return question.target().stream()
        .flatMap(
            target ->
                Stream.concat(
                    when(
                        !target.productCodes().containsAll(codes),
                        "the set's root has the Marketplace product code %s, expected %s to have it, found %s"
                            .formatted(
                                English.and(codes),
                                target.instance(),
                                target.productCodes().isEmpty()
                                    ? "none"
                                    : English.and(target.productCodes()))),
                    when(
                        to == Destination.INSTANCE && !target.state().equals("stopped"),
                        "the set's root has a Marketplace product code, which EC2 attaches to a stopped instance alone: %s is %s"
                            .formatted(target.instance(), target.state()))));
  }

  /**
   * A second file system of the same UUID or label as the root may be booted in its place (EC2 User
   * Guide, instance-booting-from-wrong-volume). Roots of one image have the same.
   */
  private static Stream<String> sameLineage(Question question) {
    if (question.request().to() != Destination.INSTANCE || question.root().isEmpty()) {
      return Stream.empty();
    }
    return question.target().stream()
        .filter(target -> isSameLineage(target, question))
        .map(
            target ->
                "%s is a root, and %s has one of the same origin: after a restart it may boot the wrong one; use another instance, or --to volumes and attach it once the instance has booted"
                    .formatted(question.root().orElseThrow().words(), target.instance()));
  }

  /** Where the image of one is not known, nothing says that they differ. */
  private static boolean isSameLineage(TargetView target, Question question) {
    return question.own(target.instance())
        || target.image().isEmpty()
        || question.settings().flatMap(InstanceSettings::image).isEmpty()
        || question.settings().flatMap(InstanceSettings::image).equals(target.image())
        || target
            .root()
            .flatMap(Attached::origin)
            .filter(row -> question.own(row.instance()))
            .isPresent();
  }
}
