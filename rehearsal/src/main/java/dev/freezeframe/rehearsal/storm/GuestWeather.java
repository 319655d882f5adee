package dev.freezeframe.rehearsal.storm;

import dev.freezeframe.rehearsal.ssm.GuestFault;
import dev.freezeframe.rehearsal.ssm.ScriptFate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Agents and scripts in a storm. */
final class GuestWeather implements GuestFault {
  private static final List<Integer> CODES = List.of(1, 127, 201, 202, 203, 204, 205, 206);

  private final Sky sky;
  private final InstantSource time;

  GuestWeather(Sky sky, InstantSource time) {
    this.sky = sky;
    this.time = time;
  }

  @Override
  public boolean offline(String instance) {
    return sky.strikes(WeatherKind.AGENT_AWAY, instance).isPresent();
  }

  @Override
  public ScriptFate script(String instance, String command) {
    Optional<Weather> exits = sky.strikes(WeatherKind.SCRIPT_EXITS, instance);
    if (exits.isPresent()) {
      return new ScriptFate.Exits(sky.one(exits.get(), instance, CODES));
    }
    if (sky.strikes(WeatherKind.SCRIPT_HANGS, instance).isPresent()) {
      return new ScriptFate.Hangs();
    }
    if (sky.strikes(WeatherKind.SCRIPT_RUNS_ON, instance).isPresent()) {
      return new ScriptFate.TimesOut();
    }
    if (sky.strikes(WeatherKind.SCRIPT_LOST, instance).isPresent()) {
      return new ScriptFate.Undelivered(Optional.empty());
    }
    return sky.strikes(WeatherKind.SCRIPT_LATE, instance)
        .<ScriptFate>map(
            late -> new ScriptFate.Undelivered(Optional.of(time.instant().plus(late.length()))))
        .orElse(ScriptFate.GOOD);
  }
}
