package dev.freezeframe.rehearsal.storm;

import java.util.List;

/** While nobody else uses them, EC2's documented request rates are never exceeded. */
final class RatesAreKept implements Invariant {

  @Override
  public String name() {
    return "request rates are kept";
  }

  @Override
  public List<String> broken(Aftermath aftermath) {
    long refused =
        aftermath.cloud().api().calls().stream()
            .filter(call -> call.error().equals("RequestLimitExceeded"))
            .count();
    long drawn = aftermath.watch().met(WeatherKind.EC2_THROTTLED);
    return refused > drawn
        ? List.of(
            "expected %d throttled calls of EC2, all of the storm's making, found %d"
                .formatted(drawn, refused))
        : List.of();
  }
}
