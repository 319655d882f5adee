package dev.freezeframe.operator.report;

import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.stop.StopRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a backup spent its time, as far as the ledger can tell. */
public final class LedgerSpans {
  private LedgerSpans() {}

  static List<Span> of(
      Optional<OutcomeRow> outcome,
      List<FreezeRow> attempts,
      List<StopRow> stops,
      List<SnapshotRow> members,
      Instant asOf) {
    List<Span> spans = new ArrayList<>();
    attempts.forEach(attempt -> spans.addAll(freeze(attempt)));
    stops.forEach(stop -> down(stop, asOf).ifPresent(spans::add));
    spans.addAll(moments(members));
    waiting(members, asOf).ifPresent(spans::add);
    outcome.ifPresent(
        row ->
            spans.add(
                Span.moment(
                    Span.Kind.OUTCOME,
                    row.at(),
                    "recorded as " + row.status().name().toLowerCase(Locale.ROOT))));
    return spans;
  }

  /** A stop that came to nothing took nobody down. */
  private static Optional<Span> down(StopRow stop, Instant asOf) {
    if (stop.stoppedAt().isEmpty() && !stop.open()) {
      return Optional.empty();
    }
    Instant to = stop.ended().map(StopRow.Ended::at).orElse(asOf);
    return Optional.of(
        new Span(
            Span.Kind.DOWN,
            stop.orderedAt(),
            to.isAfter(stop.orderedAt()) ? to : stop.orderedAt(),
            stop.ended()
                .map(
                    ended ->
                        "from the order of the stop until %s saw that %s"
                            .formatted(ended.by(), ended.words()))
                .orElse("from the order of the stop; nothing on record says that it runs again")));
  }

  /** A set that has not settled is awaited as long as anybody looks. */
  private static Optional<Span> waiting(List<SnapshotRow> members, Instant asOf) {
    List<Instant> settled =
        members.stream().map(SnapshotRow::settledAt).flatMap(Optional::stream).toList();
    int pending = members.size() - settled.size();
    Instant to = pending > 0 ? asOf : settled.stream().max(natural()).orElse(asOf);
    return members.stream()
        .map(SnapshotRow::pointInTime)
        .max(natural())
        .filter(to::isAfter)
        .map(
            from ->
                new Span(
                    Span.Kind.WAITING,
                    from,
                    to,
                    pending > 0
                        ? "since the point in time; %d of %d snapshots are pending"
                            .formatted(pending, members.size())
                        : "from the point in time until the last snapshot settled"));
  }

  /** The moments of a set: when it was taken, and when each member settled. */
  public static List<Span> moments(List<SnapshotRow> members) {
    List<Span> spans = new ArrayList<>();
    members.stream()
        .map(SnapshotRow::pointInTime)
        .distinct()
        .forEach(at -> spans.add(Span.moment(Span.Kind.SNAPSHOT_SET, at, "point in time")));
    members.forEach(
        row ->
            row.settledAt()
                .ifPresent(
                    at ->
                        spans.add(
                            Span.moment(
                                Span.Kind.SETTLED,
                                at,
                                row.snapshot()
                                    + " "
                                    + row.state().name().toLowerCase(Locale.ROOT)))));
    return spans;
  }

  private static List<Span> freeze(FreezeRow attempt) {
    return attempt.thaws().stream()
        .filter(FreezeRow.Thaw::proved)
        .findFirst()
        .filter(thaw -> !thaw.sentAt().isBefore(attempt.orderedAt()))
        .map(
            thaw ->
                List.of(
                    new Span(
                        Span.Kind.BETWEEN_SCRIPTS,
                        attempt.orderedAt(),
                        thaw.sentAt(),
                        "attempt %d: from the order of the pre-script to the sending of the post-script"
                            .formatted(attempt.number())),
                    Span.moment(Span.Kind.THAW, thaw.sentAt(), "post-script sent by " + thaw.by())))
        .orElse(
            List.of(
                Span.moment(
                    Span.Kind.PRE_SCRIPT,
                    attempt.orderedAt(),
                    "attempt %d: pre-script ordered, and %s"
                        .formatted(
                            attempt.number(),
                            attempt.thawFollows()
                                ? "nothing on record proves a thaw"
                                : "its policy has no post-script"))));
  }

  private static Comparator<Instant> natural() {
    return Comparator.naturalOrder();
  }
}
