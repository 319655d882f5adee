package dev.freezeframe.rehearsal.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.RequestRates;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.cloud.SimulatedApi;
import dev.freezeframe.rehearsal.dynamo.EmbeddedDynamo;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.DateTimeException;
import java.time.Instant;

/** The ledger of a rehearsal that is over, as {@code run.json} has it. */
public final class RunJsonLedger implements AutoCloseable {
  private static final String TABLE = "ledger";

  private final Instant end;
  private final VirtualTime time;
  private final EmbeddedDynamo dynamo;

  private RunJsonLedger(Instant end) {
    this.end = end;
    this.time = new VirtualTime(end);
    this.dynamo =
        new EmbeddedDynamo(
            time, new Seed(1), new SimulatedApi(time, CallFault.NONE, RequestRates.documented()));
  }

  /**
   * Puts it into a table again.
   *
   * @param run what {@code run.json} holds
   * @throws DateTimeException if it does not say when the rehearsal ended
   * @throws IllegalArgumentException if its ledger has values that the ledger never writes
   */
  public static RunJsonLedger of(JsonNode run) {
    RunJsonLedger written = new RunJsonLedger(Instant.parse(run.path("endedAt").asText()));
    written.dynamo.direct().createTable(LedgerTable.createTable(TABLE));
    LedgerItems.write(written.dynamo.direct(), TABLE, run.path("ledger"));
    return written;
  }

  public Ledger ledger() {
    return new DynamoLedger(dynamo.direct(), TABLE);
  }

  /** When nothing was left to happen. */
  public Instant end() {
    return end;
  }

  @Override
  public void close() {
    time.close();
    dynamo.close();
  }
}
