package dev.freezeframe.rehearsal.run;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.freezeframe.task.TaskDependencies;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A change to what is deployed: a deliberate bug, by which those who watch a rehearsal show that
 * they notice, or a meter.
 */
public interface Mutation {

  /** What is deployed is what the repository has. */
  Mutation NONE = new Mutation() {};

  /** What tasks reach. */
  default TaskDependencies dependencies(TaskDependencies real) {
    return real;
  }

  /** What the calls of tasks to the ledger's tables reach, where it is kept in tables. */
  default DynamoDbClient tables(DynamoDbClient real) {
    return real;
  }

  /** A function, by the name of its task. */
  default RequestStreamHandler function(String name, RequestStreamHandler real) {
    return real;
  }

  /** The text of a state machine file, by its name without {@code .asl.json}. */
  default String stateMachine(String name, String real) {
    return real;
  }
}
