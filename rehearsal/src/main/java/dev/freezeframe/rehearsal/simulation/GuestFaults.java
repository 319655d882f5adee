package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.ssm.GuestFault;
import dev.freezeframe.rehearsal.ssm.ScriptBehavior;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Agents and scripts in a simulation. */
final class GuestFaults implements GuestFault {
  private static final List<Integer> CODES = List.of(1, 127, 201, 202, 203, 204, 205, 206);

  private final FaultInjector injector;
  private final InstantSource time;

  GuestFaults(FaultInjector injector, InstantSource time) {
    this.injector = injector;
    this.time = time;
  }

  @Override
  public boolean offline(String instance) {
    return injector.occurs(FaultType.AGENT_AWAY, instance).isPresent();
  }

  @Override
  public ScriptBehavior script(String instance, String command) {
    Optional<RandomFault> exits = injector.occurs(FaultType.SCRIPT_EXITS, instance);
    if (exits.isPresent()) {
      return new ScriptBehavior.Exits(injector.one(exits.get(), instance, CODES));
    }
    if (injector.occurs(FaultType.SCRIPT_HANGS, instance).isPresent()) {
      return new ScriptBehavior.Hangs();
    }
    if (injector.occurs(FaultType.SCRIPT_RUNS_ON, instance).isPresent()) {
      return new ScriptBehavior.TimesOut();
    }
    if (injector.occurs(FaultType.SCRIPT_LOST, instance).isPresent()) {
      return new ScriptBehavior.Undelivered(Optional.empty());
    }
    return injector
        .occurs(FaultType.SCRIPT_LATE, instance)
        .<ScriptBehavior>map(
            late -> new ScriptBehavior.Undelivered(Optional.of(time.instant().plus(late.length()))))
        .orElse(ScriptBehavior.GOOD);
  }
}
