package dev.freezeframe.rehearsal.cost;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.freezeframe.lambda.TaskSize;
import dev.freezeframe.ledger.MeteredDynamoDb;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.rehearsal.run.Mutation;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Stands around the functions and the table of a cloud, and reads what was used. */
final class Meter implements Mutation {
  /** What virtual time does not have: the work of the code itself (docs/performance.md). */
  private static final double CODE_SECONDS = 0.05;

  private MeteredDynamoDb table;
  private double gigabyteSeconds;

  @Override
  public DynamoDbClient table(DynamoDbClient real) {
    table = new MeteredDynamoDb(real);
    return table;
  }

  @Override
  public RequestStreamHandler function(String name, RequestStreamHandler real) {
    return metered(TaskSize.of(name).memory(), real);
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
    return new Usage(
        cloud.states().executions().stream().mapToInt(one -> one.states().size()).sum(),
        cloud.functions().invocations().values().stream().mapToInt(Integer::intValue).sum(),
        gigabyteSeconds,
        calls(cloud, "ec2:"),
        calls(cloud, "ssm:"),
        table.writeUnits(),
        table.readUnits());
  }

  private static int calls(EmbeddedCloud cloud, String service) {
    return cloud.api().counts().entrySet().stream()
        .filter(count -> count.getKey().startsWith(service))
        .mapToInt(count -> count.getValue())
        .sum();
  }
}
