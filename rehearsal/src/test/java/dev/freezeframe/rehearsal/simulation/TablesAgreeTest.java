package dev.freezeframe.rehearsal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.dynamo.JudgedDynamoDb;
import dev.freezeframe.rehearsal.run.Mutation;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * DynamoDB Local answers every request of a simulation as the tables in memory do, and ends with
 * the same items.
 */
class TablesAgreeTest {
  /** More with {@code -Dfreezeframe.judged=N}. */
  private static final int SIMULATIONS = Integer.getInteger("freezeframe.judged", 8);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SIMULATIONS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void onEachRequestOfASimulation(long seed) {
    Judge judge = new Judge();
    SimulationRun run =
        new SimulationRun(
            Path.of(System.getProperty("freezeframe.root")).resolve("statemachines"), judge);

    run.play(SimulationDrawing.draw(seed), false, end -> end.cloud().ledgerItems().size());

    judge.judged.compareTables();
    assertThat(judge.judged.compared()).isPositive();
  }

  /** Stands between tasks and tables. */
  private static final class Judge implements Mutation {
    private JudgedDynamoDb judged;

    @Override
    public DynamoDbClient tables(DynamoDbClient memory) {
      judged = new JudgedDynamoDb(memory, "ledger");
      return judged;
    }
  }
}
