package dev.freezeframe.rehearsal.report;

import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.operator.report.Backup;
import dev.freezeframe.operator.report.Span;
import dev.freezeframe.operator.report.Span.Kind;
import dev.freezeframe.rehearsal.instance.Freeze;
import dev.freezeframe.rehearsal.run.Firing;
import dev.freezeframe.rehearsal.run.Result;
import dev.freezeframe.rehearsal.ssm.Guest;
import dev.freezeframe.rehearsal.states.EnteredState;
import dev.freezeframe.rehearsal.states.Execution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How a backup spent its time, as the embedded cloud saw it: by its states, and in its guest. */
final class WatchedSpans {
  private static final Map<String, Kind> KINDS =
      Map.of(
          "Dry run", Kind.DRY_RUN,
          "Run pre-script", Kind.PRE_SCRIPT,
          "Thaw", Kind.THAW,
          "Run post-script", Kind.THAW,
          "Wait before next attempt", Kind.PAUSE,
          "Wait before CreateSnapshots", Kind.PAUSE,
          "Wait for completion", Kind.WAITING,
          "Check snapshots", Kind.WAITING,
          "All snapshots done?", Kind.WAITING);

  private WatchedSpans() {}

  static List<Span> of(Execution execution, Backup backup, Firing firing, Result result) {
    List<Span> spans = new ArrayList<>(states(execution, result.end()));
    spans.addAll(freezes(backup, firing, result));
    spans.addAll(downtimes(backup, execution, result));
    backup.spans().stream().filter(span -> span.from().equals(span.to())).forEach(spans::add);
    return spans;
  }

  /** What follows upon its own kind at once is one. */
  private static List<Span> states(Execution execution, Instant end) {
    List<EnteredState> states =
        execution.states().stream().filter(state -> state.depth() == 0).toList();
    List<Span> spans = new ArrayList<>();
    for (int index = 0; index < states.size(); index++) {
      EnteredState state = states.get(index);
      Kind kind = KINDS.get(state.name());
      if (kind == null) {
        continue;
      }
      Instant to =
          index + 1 < states.size() ? states.get(index + 1).at() : execution.endedAt().orElse(end);
      Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
      if (last != null && last.kind() == kind && last.to().equals(state.at())) {
        spans.set(spans.size() - 1, new Span(kind, last.from(), to, last.words()));
      } else {
        spans.add(new Span(kind, state.at(), to, "from the state " + state.name()));
      }
    }
    return spans;
  }

  private static List<Span> freezes(Backup backup, Firing firing, Result result) {
    Guest guest = result.guests().get(backup.instance());
    if (guest == null) {
      return List.of();
    }
    Set<String> own =
        firing.view().freezes().stream()
            .filter(row -> row.instance().value().equals(backup.instance()))
            .map((FreezeRow row) -> row.attempt().value())
            .collect(Collectors.toSet());
    return guest.freezes().stream()
        .filter(freeze -> own.contains(freeze.by()))
        .map(freeze -> frozen(freeze, result.end()))
        .toList();
  }

  private static List<Span> downtimes(Backup backup, Execution execution, Result result) {
    return result.downtimes().getOrDefault(backup.instance(), List.of()).stream()
        .filter(down -> down.stoppedFor(execution.arn()))
        .map(
            down ->
                new Span(
                    Kind.DOWN,
                    down.from(),
                    down.to().orElse(result.end()),
                    down.to().isPresent() ? "from the stop to running" : "not running again"))
        .toList();
  }

  private static Span frozen(Freeze freeze, Instant end) {
    return new Span(
        Kind.FROZEN,
        freeze.from(),
        freeze.to().orElse(end),
        (freeze.unmounted() ? "unmounted, " : "")
            + freeze
                .thawedBy()
                .map(
                    by ->
                        switch (by) {
                          case POST_SCRIPT -> "thawed by a post-script";
                          case TIMER -> "thawed by the guest's own timer";
                          case INSTANCE_GONE -> "until the instance was stopped or terminated";
                        })
                .orElse("never thawed"));
  }
}
