package dev.freezeframe.rehearsal.cloud;

import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The front door of the embedded cloud: every AWS call of every task passes here.
 *
 * <p>It takes virtual time, is counted, is throttled at the documented rates, and can go wrong.
 */
public final class SimulatedApi {
  private final VirtualTime time;
  private final Latencies latencies;
  private final CallFault faults;
  private final Function<String, TokenBucket> rates;
  private final SortedMap<String, TokenBucket> buckets = new TreeMap<>();
  private final SortedMap<String, Integer> counts = new TreeMap<>();
  private final List<Call> calls = new ArrayList<>();

  /**
   * Opens the door.
   *
   * @param rates makes the bucket of an action on its first call
   */
  public SimulatedApi(VirtualTime time, CallFault faults, Function<String, TokenBucket> rates) {
    this(time, Latencies.USUAL, faults, rates);
  }

  /**
   * Opens the door where calls take longer or shorter than usual.
   *
   * @param rates makes the bucket of an action on its first call
   */
  public SimulatedApi(
      VirtualTime time,
      Latencies latencies,
      CallFault faults,
      Function<String, TokenBucket> rates) {
    this.time = time;
    this.latencies = latencies;
    this.faults = faults;
    this.rates = rates;
  }

  /**
   * Makes a call that counts against the rate of its own action.
   *
   * @param action as IAM names it
   * @param changes whether the call changes anything
   * @param detail what tells calls of one action apart
   * @param latency from the caller and back; the effect is half-way
   * @param throttled what the service answers over its rate
   */
  public <T> T call(
      String action,
      boolean changes,
      String detail,
      Duration latency,
      Supplier<? extends RuntimeException> throttled,
      Supplier<T> effect) {
    return call(new Operation(action, action, changes, latency), detail, throttled, effect);
  }

  /**
   * Makes a call, on the thread of the activity that calls.
   *
   * <p>A refusal of the service takes as long as an answer.
   *
   * @param detail what tells calls of one action apart
   * @param throttled what the service answers over its rate
   */
  public <T> T call(
      Operation operation,
      String detail,
      Supplier<? extends RuntimeException> throttled,
      Supplier<T> effect) {
    Object context = time.running().context();
    Caller caller = context == null ? Caller.UNNAMED : (Caller) context;
    Instant startedAt = time.instant();
    Duration latency = latencies.of(operation.latency());
    counts.merge(operation.action(), 1, Integer::sum);
    String error = "";
    try {
      faults.before(operation.action(), operation.changes(), caller, detail);
      time.pause(latency.dividedBy(2));
      if (!buckets.computeIfAbsent(operation.bucket(), rates).take(time.instant())) {
        throw throttled.get();
      }
      T answer = effect.get();
      faults.after(operation.action(), operation.changes(), caller, detail);
      time.pause(Duration.between(time.instant(), startedAt.plus(latency)));
      return answer;
    } catch (AwsServiceException refused) {
      error = refused.awsErrorDetails() == null ? "error" : refused.awsErrorDetails().errorCode();
      time.pause(Duration.between(time.instant(), startedAt.plus(latency)));
      throw refused;
    } catch (FunctionDied died) {
      error = "FunctionDied";
      throw died;
    } finally {
      calls.add(new Call(operation.action(), caller, startedAt, time.instant(), detail, error));
    }
  }

  /** How often each action was called. */
  public SortedMap<String, Integer> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }

  /** Every call, in the order in which they ended. */
  public List<Call> calls() {
    return Collections.unmodifiableList(calls);
  }
}
