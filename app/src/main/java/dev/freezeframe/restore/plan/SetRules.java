package dev.freezeframe.restore.plan;

import dev.freezeframe.common.English;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.restore.view.SetView.LiveSnapshot;
import dev.freezeframe.restore.view.SetView.Member;
import dev.freezeframe.snapshot.Ownership;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether a set may be restored at all: it is whole, it is ours, and its verdict is accepted. */
final class SetRules {
  /** Each row gives a sentence for each thing that it refuses. */
  static final List<Function<Question, Stream<String>>> TABLE =
      List.of(
          SetRules::instance,
          SetRules::missing,
          SetRules::forgotten,
          SetRules::deleting,
          SetRules::fewer,
          SetRules::foreign,
          SetRules::incomplete,
          SetRules::archived,
          SetRules::twoTimes,
          SetRules::notJudged,
          SetRules::verdict);

  private SetRules() {}

  /** A set that nothing is known of has no other reason. */
  static Optional<String> unknown(Question question) {
    return question.view().set().members().isEmpty()
        ? Optional.of(
            "%s is not in the ledger among those of %s, or all of it was deleted"
                .formatted(question.set(), question.request().instance()))
        : Optional.empty();
  }

  private static Stream<String> instance(Question question) {
    return question.view().set().rows().stream()
        .map(SnapshotRow::instance)
        .filter(instance -> !question.own(instance))
        .distinct()
        .map(
            instance ->
                "%s is of %s, expected one of %s"
                    .formatted(question.set(), instance, question.request().instance()));
  }

  private static Stream<String> missing(Question question) {
    return question.view().set().members().stream()
        .filter(member -> member.live().isEmpty())
        .map(
            member ->
                "%s of %s is missing: %s"
                    .formatted(member.snapshot(), member.volume(), why(member)));
  }

  private static String why(Member member) {
    if (member.inBin()) {
      return "it is in the Recycle Bin; aws ec2 restore-snapshot-from-recycle-bin --snapshot-id %s brings it back"
          .formatted(member.snapshot());
    }
    return member
        .life()
        .flatMap(SnapshotHistory::deletion)
        .map(
            deletion ->
                "retention deleted it at %s (%s)"
                    .formatted(deletion.at(), LogSafe.of(deletion.reason())))
        .orElse("EC2 has no such snapshot in this account and Region");
  }

  /** Nothing says any more that it is the one that the backup took. */
  private static Stream<String> forgotten(Question question) {
    return live(question)
        .filter(member -> member.life().isEmpty())
        .map(
            member ->
                "%s of %s is in EC2, and not in the ledger any more"
                    .formatted(member.snapshot(), member.volume()));
  }

  private static Stream<String> deleting(Question question) {
    return live(question)
        .filter(
            member ->
                member
                    .life()
                    .filter(life -> life.living() && life.deleting().isPresent())
                    .isPresent())
        .map(
            member ->
                "%s of %s is being deleted by retention"
                    .formatted(member.snapshot(), member.volume()));
  }

  private static Stream<String> fewer(Question question) {
    int known = question.view().set().members().size();
    return question.view().set().size().stream()
        .filter(size -> size > known)
        .mapToObj(
            size ->
                "%s is not whole: it was taken with %s, the ledger knows %d"
                    .formatted(
                        question.set(), English.count(size, "snapshot", "snapshots"), known));
  }

  /**
   * Anyone who may tag can put our tags on a snapshot; description and volume are given with its
   * creation. Of one that was adopted from others the ledger's row says what it is.
   */
  private static Stream<String> foreign(Question question) {
    return live(question)
        .flatMap(
            member -> {
              LiveSnapshot live = member.live().orElseThrow();
              if (!live.volume().equals(member.volume())) {
                return Stream.of(
                    "%s is foreign: EC2 says that it was taken of %s, the ledger says %s"
                        .formatted(member.snapshot(), live.volume(), member.volume()));
              }
              return member.life().stream()
                  .filter(life -> life.adoption().isEmpty())
                  .map(SnapshotHistory::row)
                  .filter(
                      row ->
                          !live.description()
                              .equals(Ownership.description(row.run(), row.instance())))
                  .map(
                      row ->
                          "%s is foreign: its description is not that of our backup %s"
                              .formatted(member.snapshot(), row.run()));
            });
  }

  private static Stream<String> incomplete(Question question) {
    return live(question)
        .filter(member -> !member.live().orElseThrow().state().equals("completed"))
        .map(
            member -> {
              LiveSnapshot live = member.live().orElseThrow();
              return "%s of %s is %s, expected completed%s"
                  .formatted(
                      member.snapshot(),
                      member.volume(),
                      live.state(),
                      live.message().map(words -> ": " + LogSafe.of(words)).orElse(""));
            });
  }

  private static Stream<String> archived(Question question) {
    return live(question)
        .filter(member -> member.live().orElseThrow().archived())
        .map(
            member ->
                "%s of %s is archived; aws ec2 restore-snapshot-tier --snapshot-id %s brings it back in up to 72 hours"
                    .formatted(member.snapshot(), member.volume(), member.snapshot()));
  }

  private static Stream<String> twoTimes(Question question) {
    Optional<Instant> first =
        live(question).map(member -> member.live().orElseThrow().startTime()).findFirst();
    return live(question)
        .filter(member -> !first.equals(member.live().map(LiveSnapshot::startTime)))
        .map(
            member ->
                "%s of %s was taken at %s, expected %s as the others of its set"
                    .formatted(
                        member.snapshot(),
                        member.volume(),
                        member.live().orElseThrow().startTime(),
                        first.orElseThrow()));
  }

  private static Stream<String> notJudged(Question question) {
    return question.view().set().consistency().isEmpty() && !accepts(question, Consistency.UNKNOWN)
        ? Stream.of(
            "%s is not judged yet; --accept UNKNOWN restores it all the same"
                .formatted(question.set()))
        : Stream.empty();
  }

  private static Stream<String> verdict(Question question) {
    return question.view().set().consistency().stream()
        .filter(consistency -> consistency != Consistency.APPLICATION)
        .filter(consistency -> !accepts(question, consistency))
        .map(
            consistency ->
                "%s is %s: %s; --accept %s restores it all the same"
                    .formatted(
                        question.set(),
                        consistency,
                        LogSafe.of(question.view().set().reason()),
                        consistency));
  }

  private static boolean accepts(Question question, Consistency consistency) {
    return question.request().accept().contains(consistency);
  }

  private static Stream<Member> live(Question question) {
    return question.view().set().members().stream().filter(member -> member.live().isPresent());
  }
}
