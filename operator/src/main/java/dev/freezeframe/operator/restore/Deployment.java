package dev.freezeframe.operator.restore;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.doctor.aws.Clients;
import dev.freezeframe.operator.doctor.check.stack.RestorableCheck;
import java.util.Map;
import java.util.Optional;

/**
 * A deployment.
 *
 * @param outputs of its stack
 */
record Deployment(Clients clients, String stack, Map<String, String> outputs) {
  static final String TABLE = "LedgerTableName";
  static final String MACHINE = RestorableCheck.MACHINE;

  Deployment {
    outputs = Map.copyOf(outputs);
  }

  /** Its ledger. */
  Ledger ledger() {
    return new DynamoLedger(clients.dynamoDb(), outputs.get(TABLE));
  }

  /** The ARN of {@code restore-set}. */
  String machine() {
    return Optional.ofNullable(outputs.get(MACHINE))
        .orElseThrow(
            () ->
                new BadInputException(
                    "the stack %s has no output %s, expected one: npx cdk deploy brings it"
                        .formatted(stack, MACHINE)));
  }
}
