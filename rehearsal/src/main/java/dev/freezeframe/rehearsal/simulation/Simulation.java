package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.policy.schedule.FiringTimes;
import dev.freezeframe.rehearsal.faults.Fault;
import dev.freezeframe.rehearsal.faults.FaultsWriter;
import dev.freezeframe.rehearsal.run.Capacity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A simulation as a value: all of a run follows from it.
 *
 * @param seed of all random draws that happen in it
 * @param policies each as the text of its YAML file
 * @param documents SSM documents besides ours, by name
 * @param days how long anything goes wrong; a firing and days of retention follow in the calm
 */
public record Simulation(
    long seed,
    SimulatedFleet fleet,
    List<String> policies,
    Map<String, String> documents,
    int days,
    Quotas quotas,
    List<Fault> faults) {

  /** The clock of every simulation begins here. */
  public static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

  /** What is due sooner after the simulation may meet the end of a fault. */
  static final Duration SETTLED = Duration.ofHours(1);

  /** The longest that a drawn schedule lets a policy wait for its next firing, and some more. */
  private static final Duration CYCLE = Duration.ofHours(26);

  /** Retention still runs, so that its last run finds everything settled. */
  static final int RETENTION_DAYS_OF_CALM = 4;

  /** How long anything may go wrong, in days. */
  public static final int MAX_DAYS = 30;

  public Simulation {
    policies = List.copyOf(policies);
    documents = Collections.unmodifiableMap(new TreeMap<>(documents));
    faults = List.copyOf(faults);
    if (days < 1 || days > MAX_DAYS) {
      throw new IllegalArgumentException(
          "simulation: expected 1 to %d days, found %d".formatted(MAX_DAYS, days));
    }
  }

  /**
   * What the account may do at once.
   *
   * @param pendingSnapshots how many snapshots may be pending
   */
  public record Quotas(int pendingSnapshots, Capacity capacity) {}

  /**
   * Whether the ledger is kept in a table: in one simulation of twenty, since a call there can be
   * left half done, and without a table it takes less time.
   */
  boolean usesTable() {
    return Math.floorMod(seed, 20) == 0;
  }

  /** When the last fault is over; none may begin later. */
  public Instant calm() {
    return START.plus(Duration.ofDays(days));
  }

  /** The same with other faults. */
  public Simulation withFaults(List<Fault> others) {
    return new Simulation(seed, fleet, policies, documents, days, quotas, others);
  }

  Simulation withFleet(SimulatedFleet other) {
    return new Simulation(seed, other, policies, documents, days, quotas, faults);
  }

  Simulation withDocuments(Map<String, String> others) {
    return new Simulation(seed, fleet, policies, others, days, quotas, faults);
  }

  Simulation withPolicies(List<String> others) {
    return new Simulation(seed, fleet, others, documents, days, quotas, faults);
  }

  /** The policies, in their order. */
  public List<Policy> readPolicies() {
    List<Policy> read = new ArrayList<>();
    policies.forEach(text -> read.add(new PolicyReader().read("policy.yaml", text)));
    return read;
  }

  /**
   * When a policy fires: all through the simulation, and on to the first firing that is settled.
   */
  public List<Instant> firings(Policy policy) {
    List<Instant> all =
        FiringTimes.between(policy.schedule(), START.minusMillis(1), settled().plus(CYCLE), START);
    int unsettled = (int) all.stream().filter(firing -> firing.isBefore(settled())).count();
    return all.subList(0, Math.min(all.size(), unsettled + 1));
  }

  /** From when on the next firing has to back up everyone. */
  Instant settled() {
    return calm().plus(SETTLED);
  }

  /** The simulation as text, a line for each thing in it. */
  public List<String> sentences() {
    List<String> lines = new ArrayList<>();
    fleet.ids().forEach(id -> lines.add(fleet.sentence(id)));
    readPolicies().forEach(policy -> lines.add(policy.name() + ": " + policy.sentence()));
    lines.add("%d snapshots may be pending at once".formatted(quotas.pendingSnapshots()));
    Capacity capacity = quotas.capacity();
    if (!capacity.equals(Capacity.USUAL)) {
      lines.add(
          "%d functions run at once at most, and %s of the rates of Systems Manager are left"
              .formatted(capacity.concurrency(), capacity.ssmRate()));
    }
    if (faults.isEmpty()) {
      lines.add("nothing goes wrong");
    }
    faults.forEach(fault -> lines.add(FaultsWriter.line(fault)));
    return lines;
  }
}
