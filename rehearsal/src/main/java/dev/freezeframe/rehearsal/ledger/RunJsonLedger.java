package dev.freezeframe.rehearsal.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.rehearsal.dynamo.table.InMemoryDynamoDb;
import java.time.DateTimeException;
import java.time.Instant;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The ledger of a rehearsal that is over, as {@code run.json} has it.
 *
 * @param end when nothing was left to happen
 */
public record RunJsonLedger(Ledger ledger, Instant end) {
  private static final String TABLE = "ledger";

  /**
   * Puts it into a table again.
   *
   * @param run what {@code run.json} holds
   * @throws DateTimeException if it does not say when the rehearsal ended
   * @throws IllegalArgumentException if its ledger has values that the ledger never writes
   */
  public static RunJsonLedger of(JsonNode run) {
    Instant end = Instant.parse(run.path("endedAt").asText());
    DynamoDbClient tables = new InMemoryDynamoDb();
    tables.createTable(LedgerTable.createTable(TABLE));
    LedgerItems.write(tables, TABLE, run.path("ledger"));
    return new RunJsonLedger(new DynamoLedger(tables, TABLE), end);
  }
}
