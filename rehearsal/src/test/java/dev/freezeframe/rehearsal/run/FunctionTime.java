package dev.freezeframe.rehearsal.run;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.freezeframe.rehearsal.fleet.Fleet;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * For how long functions were at work for the backups of a run, and how many at once.
 *
 * @param seconds by function, all backups together
 * @param mostAtOnce of them
 */
record FunctionTime(int backups, SortedMap<String, Double> seconds, int mostAtOnce) {
  /**
   * What virtual time does not have of an invocation: the work of the code itself
   * (docs/performance.md, 50 ms), and a restored start now and then.
   */
  private static final double CODE_SECONDS = 0.05;

  /** Plays one run of a policy. */
  static FunctionTime of(Fleet fleet, String policy, int pendingLimit) {
    SortedMap<String, Double> seconds = new TreeMap<>();
    int[] mostAtOnce = new int[1];
    Result result =
        Scene.of(fleet)
            .policy(policy)
            .pendingLimit(pendingLimit)
            .mutation(
                new Mutation() {
                  @Override
                  public RequestStreamHandler function(String name, RequestStreamHandler real) {
                    return measured(name, real, seconds);
                  }
                })
            .besides(
                cloud ->
                    cloud
                        .time()
                        .at(
                            Scene.DUE.plusSeconds(43_200),
                            () -> mostAtOnce[0] = cloud.functions().mostAtOnce()))
            .play();
    return new FunctionTime(result.reports().size(), seconds, mostAtOnce[0]);
  }

  private static RequestStreamHandler measured(
      String name, RequestStreamHandler real, SortedMap<String, Double> seconds) {
    return (in, out, context) -> {
      int before = context.getRemainingTimeInMillis();
      try {
        real.handleRequest(in, out, context);
      } finally {
        double took = (before - context.getRemainingTimeInMillis()) / 1000.0 + CODE_SECONDS;
        seconds.merge(name, took, Double::sum);
      }
    };
  }

  /** In seconds, of all functions together. */
  double ofOneBackup() {
    return Spent.sum(seconds) / backups;
  }
}
