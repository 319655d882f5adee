package dev.freezeframe.rehearsal.cost;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.freezeframe.ledger.dynamo.MeteredDynamoDb;
import dev.freezeframe.rehearsal.dynamo.JudgedDynamoDb;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.rehearsal.run.Mutation;
import dev.freezeframe.rehearsal.run.Spent;
import dev.freezeframe.task.Task;
import java.util.Map;

/** Stands around the functions and the table of a cloud, and reads what was used. */
final class Meter implements Mutation {
  /** What virtual time does not have: the work of the code itself (docs/performance.md). */
  private static final double CODE_SECONDS = 0.05;

  private JudgedDynamoDb judged;
  private MeteredDynamoDb table;
  private double gigabyteSeconds;

  /** Puts itself before the tables of a new cloud. */
  void attach(EmbeddedCloud cloud) {
    cloud
        .dynamo()
        .put(
            tables -> {
              judged = new JudgedDynamoDb(tables, "ledger");
              table = new MeteredDynamoDb(judged);
              return table;
            });
  }

  @Override
  public RequestStreamHandler function(String name, RequestStreamHandler real) {
    return metered(Task.of(name).memory(), real);
  }

  /** A function whose time is counted, from its call to its answer. */
  RequestStreamHandler metered(int memoryMb, RequestStreamHandler real) {
    return (in, out, context) -> {
      int before = context.getRemainingTimeInMillis();
      try {
        real.handleRequest(in, out, context);
      } finally {
        double seconds = (before - context.getRemainingTimeInMillis()) / 1000.0 + CODE_SECONDS;
        gigabyteSeconds += seconds * memoryMb / 1024;
      }
    };
  }

  /** What has been used by now. */
  Usage read(EmbeddedCloud cloud) {
    judged.compareTables();
    Spent spent = Spent.of(cloud, table);
    return new Usage(
        Spent.sum(spent.transitions()),
        Spent.sum(spent.invocations()),
        gigabyteSeconds,
        calls(spent, "ec2:"),
        calls(spent, "ssm:"),
        spent.units().get("write"),
        spent.units().get("read"));
  }

  private static double calls(Spent spent, String service) {
    return spent.calls().entrySet().stream()
        .filter(count -> count.getKey().startsWith(service))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
