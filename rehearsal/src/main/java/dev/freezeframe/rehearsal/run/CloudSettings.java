package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.cloud.Latencies;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The settings of an embedded cloud.
 *
 * @param seed of all random draws
 * @param start the instant at which its clock begins
 * @param documents the SSM documents, by name
 * @param faults what goes wrong, made once the clock is there
 * @param pendingSnapshots how many snapshots may be pending at once in the account
 * @param latencies how long AWS takes for what it does
 * @param capacity what the account may do at once
 * @param ledgerInMemory whether the ledger is kept as objects, without a table of DynamoDB
 */
public record CloudSettings(
    long seed,
    Instant start,
    Fleet fleet,
    Map<String, String> documents,
    Function<? super VirtualTime, Faults> faults,
    int pendingSnapshots,
    Latencies latencies,
    Capacity capacity,
    boolean ledgerInMemory) {

  public CloudSettings {
    documents = Collections.unmodifiableMap(new TreeMap<>(documents));
  }

  /** A cloud that is as fast as usual. */
  public CloudSettings(
      long seed,
      Instant start,
      Fleet fleet,
      Map<String, String> documents,
      Function<? super VirtualTime, Faults> faults,
      int pendingSnapshots) {
    this(
        seed,
        start,
        fleet,
        documents,
        faults,
        pendingSnapshots,
        Latencies.USUAL,
        Capacity.USUAL,
        false);
  }

  /** The same cloud, slower or faster. */
  public CloudSettings with(Latencies given) {
    return new CloudSettings(
        seed, start, fleet, documents, faults, pendingSnapshots, given, capacity, ledgerInMemory);
  }

  /** The same cloud in an account with other quotas. */
  public CloudSettings with(Capacity given) {
    return new CloudSettings(
        seed, start, fleet, documents, faults, pendingSnapshots, latencies, given, ledgerInMemory);
  }

  /** The same cloud with its ledger as objects, which is faster, or in a table of DynamoDB. */
  public CloudSettings withLedgerInMemory(boolean inMemory) {
    return new CloudSettings(
        seed, start, fleet, documents, faults, pendingSnapshots, latencies, capacity, inMemory);
  }
}
