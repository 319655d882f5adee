package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.cloud.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which calls were made while a guest was frozen: from the answer by which RunPreScript knew of the
 * pre-script's end to the sending of the post-script.
 */
final class FreezeWindows {
  private FreezeWindows() {}

  /** The actions of the calls of one execution that fall into such a window, in their order. */
  static List<String> callsWhileFrozen(List<Call> calls, String execution) {
    List<Call> own =
        calls.stream()
            .filter(call -> call.caller().execution().equals(execution))
            .sorted(Comparator.comparing(Call::startedAt))
            .toList();
    List<String> inside = new ArrayList<>();
    Optional<Instant> known = Optional.empty();
    for (Call call : own) {
      if (call.caller().task().equals("RunPreScript")) {
        known = Optional.of(call.endedAt());
      } else if (known.isPresent() && ends(call)) {
        known = Optional.empty();
      } else if (known.isPresent() && !call.startedAt().isBefore(known.get())) {
        inside.add(call.action());
      }
    }
    return inside;
  }

  /** The thaw is sent; or none exists to send, and the set is being recorded. */
  private static boolean ends(Call call) {
    String task = call.caller().task();
    return task.equals("RecordSnapshots")
        || (task.equals("RunPostScript") && call.action().equals("ssm:SendCommand"));
  }
}
