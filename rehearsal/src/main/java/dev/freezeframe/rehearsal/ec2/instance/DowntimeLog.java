package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.instance.Downtime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Every time that an instance did not run, in order; the last may not have ended. */
final class DowntimeLog {
  private final SortedMap<String, List<Downtime>> downtimes = new TreeMap<>();

  List<Downtime> of(String id) {
    return Collections.unmodifiableList(downtimes.getOrDefault(id, List.of()));
  }

  SortedMap<String, List<Downtime>> all() {
    return Collections.unmodifiableSortedMap(downtimes);
  }

  /** The last one; empty: the instance always ran. */
  Optional<Downtime> last(String id) {
    List<Downtime> all = of(id);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  boolean isDown(String id) {
    return last(id).filter(down -> down.to().isEmpty()).isPresent();
  }

  void add(String id, Downtime down) {
    downtimes.computeIfAbsent(id, any -> new ArrayList<>()).add(down);
  }

  /** The last one is changed. */
  void change(String id, UnaryOperator<Downtime> change) {
    List<Downtime> all = downtimes.get(id);
    all.set(all.size() - 1, change.apply(all.get(all.size() - 1)));
  }
}
