package dev.freezeframe.rehearsal.faults;

import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The faults of the commands that are sent to a guest. */
final class ScriptFaults {
  /** What documents exit with: ours (201 to 206), and a shell that finds something missing. */
  private static final List<Integer> CODES = List.of(1, 127, 201, 202, 203, 204, 205, 206);

  private static final List<Integer> DRILL_CODES =
      List.of(1, 127, 201, 204, 206, 211, 212, 213, 214, 215, 216, 217);

  private static final Set<String> DRILL_COMMANDS =
      Set.of(InjectionPoint.DRILL_DRY_RUN.toString(), InjectionPoint.VALIDATE.toString());

  private final Injector injector;
  private final InstantSource time;

  /** When the time ends in which scripts of a kind don't reach a guest, by entry and guest. */
  private final Map<String, Instant> windows = new HashMap<>();

  ScriptFaults(Injector injector, InstantSource time) {
    this.injector = injector;
    this.time = time;
  }

  /**
   * What happens to a script.
   *
   * @param command such as {@code pre-script}; empty string: the document has none
   */
  ScriptBehavior behavior(String instanceId, String command) {
    Predicate<Fault> here =
        fault -> fault.at() == InjectionPoint.SCRIPT || fault.at().toString().equals(command);
    Optional<Instant> until = openWindow(instanceId, here);
    if (until.isPresent()) {
      return new ScriptBehavior.Undelivered(until);
    }
    return injector
        .next(InjectionPoint.SCRIPT, instanceId, here)
        .map(fault -> behavior(fault, instanceId, command))
        .orElse(ScriptBehavior.GOOD);
  }

  private ScriptBehavior behavior(Fault fault, String instanceId, String command) {
    return switch (fault.action()) {
      case EXIT -> new ScriptBehavior.Exits(fault.argument().number());
      case EXIT_ANY ->
          new ScriptBehavior.Exits(
              injector.one(
                  fault, instanceId, DRILL_COMMANDS.contains(command) ? DRILL_CODES : CODES));
      case TIME_OUT -> new ScriptBehavior.TimesOut();
      case HANG -> new ScriptBehavior.Hangs();
      case SCRIPT_SLOW -> new ScriptBehavior.Slow(fault.argument().length());
      case LATE ->
          new ScriptBehavior.Undelivered(
              Optional.of(time.instant().plus(fault.argument().length())));
      case UNDELIVERED -> {
        Optional<Instant> until = fault.argument().duration().map(time.instant()::plus);
        until.ifPresent(end -> windows.put(Injector.key(fault, instanceId), end));
        yield new ScriptBehavior.Undelivered(until);
      }
      default -> throw new IllegalStateException("no script can " + fault.does());
    };
  }

  /** Empty: they reach it. */
  private Optional<Instant> openWindow(String instanceId, Predicate<Fault> here) {
    return injector.at(InjectionPoint.SCRIPT).stream()
        .filter(here)
        .map(fault -> windows.get(Injector.key(fault, instanceId)))
        .filter(end -> end != null && end.isAfter(time.instant()))
        .findFirst();
  }
}
