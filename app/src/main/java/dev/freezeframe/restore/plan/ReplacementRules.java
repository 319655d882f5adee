package dev.freezeframe.restore.plan;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.restore.view.TargetView;
import dev.freezeframe.restore.view.TargetView.StopView;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether the root or all volumes of an instance may be replaced. */
final class ReplacementRules {
  private static final int MAX_TAG = 60;

  /** For an instance that is stopped, and started on other volumes. */
  static final List<Function<Question, Stream<String>>> IN_PLACE =
      List.of(
          ReplacementRules::autoScaling,
          ReplacementRules::lifecycle,
          ReplacementRules::instanceStoreRoot,
          ReplacementRules::stopProtection,
          ReplacementRules::shutdownBehavior);

  /** For one that is rebooted on another root. */
  static final List<Function<Question, Stream<String>>> ROOT =
      List.of(
          ReplacementRules::autoScaling,
          ReplacementRules::instanceStoreRoot,
          ReplacementRules::noRoot,
          ReplacementRules::foreignRoot);

  private ReplacementRules() {}

  /** A reboot may fail the health check of the group as well: undocumented, harsher side taken. */
  private static Stream<String> autoScaling(Question question) {
    return question.target().stream()
        .flatMap(
            target ->
                target.autoScalingGroup().stream()
                    .map(
                        group ->
                            "%s belongs to the Auto Scaling group %s, which would replace it; detach it from the group first"
                                .formatted(target.instance(), LogSafe.of(group, MAX_TAG))));
  }

  private static Stream<String> lifecycle(Question question) {
    return question.target().stream()
        .flatMap(
            target ->
                target.lifecycle().stream()
                    .map(
                        kind ->
                            "%s is a %s instance, of which nothing says that EC2 starts it again"
                                .formatted(target.instance(), kind)));
  }

  private static Stream<String> instanceStoreRoot(Question question) {
    return question.target().stream()
        .filter(target -> !target.rootDeviceType().equals("ebs"))
        .map(
            target ->
                "the root device of %s is %s, expected ebs: a stop erases it"
                    .formatted(target.instance(), target.rootDeviceType()));
  }

  private static Stream<String> stopProtection(Question question) {
    return question.target().stream()
        .filter(TargetView::running)
        .filter(target -> target.stop().filter(StopView::stopProtected).isPresent())
        .map(
            target ->
                "stop protection of %s is on; aws ec2 modify-instance-attribute --instance-id %s --no-disable-api-stop turns it off"
                    .formatted(target.instance(), target.instance()));
  }

  private static Stream<String> shutdownBehavior(Question question) {
    return question.target().stream()
        .filter(TargetView::running)
        .filter(
            target ->
                target.stop().filter(stop -> !stop.shutdownBehavior().equals("stop")).isPresent())
        .map(
            target ->
                "the shutdown behaviour of %s is %s, expected stop"
                    .formatted(target.instance(), target.stop().orElseThrow().shutdownBehavior()));
  }

  private static Stream<String> noRoot(Question question) {
    return RequestRules.when(
        question.root().isEmpty(),
        "%s has no root volume: its policy leaves it out (volumes.excludeBoot)"
            .formatted(question.set()));
  }

  /**
   * EC2 takes snapshots of the instance's own current and earlier roots alone, and no copies (EC2
   * User Guide, replace-root).
   */
  private static Stream<String> foreignRoot(Question question) {
    return question.root().stream()
        .flatMap(root -> root.member().life().stream())
        .map(life -> life.row())
        .filter(
            row -> !question.target().map(TargetView::instance).equals(Optional.of(row.instance())))
        .filter(row -> question.target().isPresent())
        .map(
            row ->
                "%s is of a root of %s, expected one of %s: EC2 takes an instance's own roots alone"
                    .formatted(
                        row.snapshot(),
                        row.instance(),
                        question.target().orElseThrow().instance()));
  }
}
