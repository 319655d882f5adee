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
import java.util.List;

/**
 * A simulation as a value: all of a run follows from it.
 *
 * @param seed of all random draws that happens in it
 * @param policies each as the text of its YAML file
 * @param days how long anything goes wrong; a firing and days of retention follow in the calm
 * @param pendingLimit how many snapshots may be pending at once in the account
 * @param capacity what else the account may do at once
 */
public record Simulation(
    long seed,
    List<SimulatedInstance> machines,
    List<String> policies,
    int days,
    int pendingLimit,
    Capacity capacity,
    List<Fault> faults) {

  /** The clock of every simulation begins here. */
  public static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

  /** What is due sooner after the simulation may meet the end of a fault. */
  static final Duration SETTLED = Duration.ofHours(1);

  /** The longest that a drawn schedule lets a policy wait for its next firing, and some more. */
  private static final Duration CYCLE = Duration.ofHours(26);

  /** Retention still runs, so that its last run finds everything settled. */
  static final int RETENTION_DAYS_OF_CALM = 4;

  public Simulation {
    machines = List.copyOf(machines);
    policies = List.copyOf(policies);
    faults = List.copyOf(faults);
    if (days < 1 || days > 30) {
      throw new IllegalArgumentException("simulation: expected 1 to 30 days, found " + days);
    }
  }

  /** A simulation in an ordinary account. */
  public Simulation(
      long seed,
      List<SimulatedInstance> machines,
      List<String> policies,
      int days,
      int pendingLimit,
      List<Fault> faults) {
    this(seed, machines, policies, days, pendingLimit, Capacity.USUAL, faults);
  }

  /**
   * Whether the ledger is kept in DynamoDB Local: in one simulation of twenty, since a call there
   * can be left half done, and in memory it takes a fraction of the time.
   */
  boolean usesTable() {
    return Math.floorMod(seed, 20) == 0;
  }

  /** When the last fault is over. */
  Instant calm() {
    return START.plus(Duration.ofDays(days));
  }

  Simulation withFaults(List<Fault> other) {
    return new Simulation(seed, machines, policies, days, pendingLimit, capacity, other);
  }

  Simulation withCapacity(Capacity other) {
    return new Simulation(seed, machines, policies, days, pendingLimit, other, faults);
  }

  Simulation withMachines(List<SimulatedInstance> others) {
    return new Simulation(seed, others, policies, days, pendingLimit, capacity, faults);
  }

  Simulation withPolicies(List<String> others) {
    return new Simulation(seed, machines, others, days, pendingLimit, capacity, faults);
  }

  /** The machines that have a volume attached from the start; of most volumes one. */
  public List<SimulatedInstance> having(String volume) {
    List<SimulatedInstance> having = new ArrayList<>();
    for (SimulatedInstance machine : machines) {
      for (int place = 0; place <= machine.disks().count(); place++) {
        if (machine.volumeId(place).equals(volume)) {
          having.add(machine);
          if (place == machine.disks().count()) {
            machine.sharer(machines).ifPresent(having::add);
          }
        }
      }
    }
    return having;
  }

  List<Policy> readPolicies() {
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
    machines.forEach(machine -> lines.add(machine.sentence()));
    readPolicies().forEach(policy -> lines.add(policy.name() + ": " + policy.sentence()));
    lines.add("%d snapshots may be pending at once".formatted(pendingLimit));
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
