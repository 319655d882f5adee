package dev.freezeframe.rehearsal.run;

import dev.freezeframe.ledger.dynamo.MeteredDynamoDb;
import dev.freezeframe.rehearsal.dynamo.JudgedDynamoDb;
import dev.freezeframe.rehearsal.states.EnteredState;
import dev.freezeframe.rehearsal.states.Execution;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleBinaryOperator;

/**
 * What was done in an embedded cloud of all that AWS charges or limits by the piece.
 *
 * @param transitions by state machine: each state that was entered, and each child execution that a
 *     distributed Map started; retries are none of them
 * @param invocations by function
 * @param calls by action, those of the ledger among them
 * @param units of DynamoDB, by {@code read} and {@code write}, indexes included
 * @param events of our own
 */
public record Spent(
    SortedMap<String, Double> transitions,
    SortedMap<String, Double> invocations,
    SortedMap<String, Double> calls,
    SortedMap<String, Double> units,
    double events) {

  /** Where each child execution of the one distributed Map begins. */
  private static final String CHILD = "Wait for start time";

  /** Plays a scene, and counts. */
  static Spent on(Scene scene) {
    AtomicReference<EmbeddedCloud> played = new AtomicReference<>();
    AtomicReference<JudgedDynamoDb> judged = new AtomicReference<>();
    AtomicReference<MeteredDynamoDb> ledger = new AtomicReference<>();
    scene
        .alsoBesides(
            cloud -> {
              played.set(cloud);
              cloud
                  .dynamo()
                  .put(
                      tables -> {
                        judged.set(new JudgedDynamoDb(tables, "ledger"));
                        ledger.set(new MeteredDynamoDb(judged.get()));
                        return ledger.get();
                      });
            })
        .play();
    judged.get().compareTables();
    return of(played.get(), ledger.get());
  }

  /** Counts in a cloud whose ledger was metered. */
  public static Spent of(EmbeddedCloud cloud, MeteredDynamoDb ledger) {
    SortedMap<String, Double> transitions = new TreeMap<>();
    double events = 0;
    for (Execution execution : cloud.states().executions()) {
      String machine = execution.stateMachineArn().replaceFirst(".*:", "");
      for (EnteredState state : execution.states()) {
        transitions.merge(machine, state.name().equals(CHILD) ? 2.0 : 1.0, Double::sum);
        events += state.name().startsWith("Announce ") ? 1 : 0;
      }
    }
    return new Spent(
        transitions,
        doubles(cloud.functions().invocations()),
        doubles(cloud.api().counts()),
        new TreeMap<>(Map.of("read", ledger.readUnits(), "write", ledger.writeUnits())),
        events);
  }

  private static SortedMap<String, Double> doubles(SortedMap<String, Integer> counts) {
    SortedMap<String, Double> doubles = new TreeMap<>();
    counts.forEach((what, times) -> doubles.put(what, (double) times));
    return doubles;
  }

  /** What was spent beyond this. */
  Spent less(Spent other) {
    return with(other, (mine, theirs) -> mine - theirs);
  }

  /** What each of so many spent. */
  Spent by(int many) {
    return with(this, (mine, same) -> mine / many);
  }

  private Spent with(Spent other, DoubleBinaryOperator deed) {
    return new Spent(
        with(transitions, other.transitions, deed),
        with(invocations, other.invocations, deed),
        with(calls, other.calls, deed),
        with(units, other.units, deed),
        deed.applyAsDouble(events, other.events));
  }

  private static SortedMap<String, Double> with(
      SortedMap<String, Double> mine, SortedMap<String, Double> theirs, DoubleBinaryOperator deed) {
    SortedMap<String, Double> result = new TreeMap<>();
    mine.forEach(
        (what, times) ->
            result.put(what, deed.applyAsDouble(times, theirs.getOrDefault(what, 0.0))));
    result.values().removeIf(times -> times == 0);
    return Collections.unmodifiableSortedMap(result);
  }

  public static double sum(SortedMap<String, Double> counts) {
    return counts.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Such as {@code 4}, or {@code 7.1} for what is no whole number. */
  static String words(double number) {
    return String.format(Locale.ROOT, "%.1f", number).replaceFirst("\\.0$", "");
  }
}
