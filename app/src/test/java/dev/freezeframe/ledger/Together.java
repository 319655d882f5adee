package dev.freezeframe.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs actions at the same moment, each on its own thread. */
public final class Together {

  private Together() {}

  /** What the actions returned, in their order. */
  public static <T> List<T> run(List<Callable<T>> actions) throws Exception {
    CyclicBarrier start = new CyclicBarrier(actions.size());
    ExecutorService threads = Executors.newFixedThreadPool(actions.size());
    try {
      List<Callable<T>> waiting =
          actions.stream().<Callable<T>>map(action -> startWith(start, action)).toList();
      List<Future<T>> futures = threads.invokeAll(waiting, 1, TimeUnit.MINUTES);
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> Callable<T> startWith(CyclicBarrier start, Callable<T> action) {
    return () -> {
      start.await(1, TimeUnit.MINUTES);
      return action.call();
    };
  }
}
