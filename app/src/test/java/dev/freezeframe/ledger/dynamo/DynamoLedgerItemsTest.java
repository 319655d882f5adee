package dev.freezeframe.ledger.dynamo;

import static dev.freezeframe.ledger.Rows.RUN;
import static dev.freezeframe.ledger.Rows.SERVER;
import static dev.freezeframe.ledger.Rows.attempt;
import static dev.freezeframe.ledger.Rows.completed;
import static dev.freezeframe.ledger.Rows.failed;
import static dev.freezeframe.ledger.Rows.pending;
import static dev.freezeframe.ledger.Rows.snapshotId;
import static dev.freezeframe.ledger.Rows.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.Rows;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.restore.InspectedInstance;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.slot.OpenSnapshots;
import dev.freezeframe.slot.SlotLook;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What lies in the table and in its indexes, for those who read them without the ledger. */
class DynamoLedgerItemsTest {
  private static final Instant EXPIRY = Instant.parse("2026-12-06T02:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);

  private final String table = LocalTables.create();
  private final Ledger ledger = new DynamoLedger(LocalTables.client(), table);

  @Test
  void anEventWithoutARowLeavesInAWeek() {
    ledger.apply(failed(1, 5));

    assertThat(item(1))
        .containsOnlyKeys("pk", "sk", "state", "settledAt", "cause", "ttl")
        .containsEntry(
            LedgerTable.TIME_TO_LIVE,
            AttributeValue.fromN(Long.toString(failed(1, 5).at().plus(WEEK).getEpochSecond())));
  }

  @Test
  void anEventThatMeetsItsRowStays() {
    ledger.apply(completed(1, 5));
    ledger.recordSnapshots(pending(1, 1));

    assertThat(item(1)).doesNotContainKey(LedgerTable.TIME_TO_LIVE).containsKey("snapshotId");
  }

  /** The row of a snapshot that was deleted stays for 400 days. */
  @Test
  void theFactsOfASetLeaveWithTheRowsOfItsSnapshots() {
    Instant deletedAt = Instant.parse("2026-12-06T06:00:00Z");
    ledger.recordInspection(InspectedInstance.of(RUN, SERVER, EXPIRY, Optional.empty(), List.of()));
    ledger.recordInspectedFacts(RUN, SERVER, attempt(1), Map.of());
    assertThat(item("facts#" + attempt(1), "facts")).doesNotContainKey(LedgerTable.TIME_TO_LIVE);

    ledger.recordFactsExpiry(attempt(1), deletedAt);

    assertThat(item("facts#" + attempt(1), "facts"))
        .containsEntry(
            LedgerTable.TIME_TO_LIVE,
            AttributeValue.fromN(
                Long.toString(deletedAt.plus(Duration.ofDays(400)).getEpochSecond())));
    assertThat(item("inspection#%s#%s".formatted(RUN, SERVER), "inspection"))
        .containsEntry(
            LedgerTable.TIME_TO_LIVE,
            AttributeValue.fromN(Long.toString(EXPIRY.plus(Duration.ofDays(30)).getEpochSecond())));
  }

  /** An item of a later version has members that this one does not know, and lacks some. */
  @Test
  void factsOfAnotherVersionAreReadable() {
    String json =
        "{\"set\":\"%s\",\"instance\":\"%s\",\"recordedAt\":\"2026-12-06T02:00:00Z\",\"later\":1,"
                .formatted(attempt(1), SERVER)
            + "\"settings\":{\"type\":\"m5.large\",\"later\":{}},\"volumes\":"
            + "[{\"volume\":\"vol-00000001\",\"snapshot\":\"snap-00000001\"}]}";
    LocalTables.client()
        .putItem(
            put ->
                put.tableName(table)
                    .item(
                        Map.of(
                            "pk", AttributeValue.fromS("facts#" + attempt(1)),
                            "sk", AttributeValue.fromS("facts"),
                            "facts", AttributeValue.fromS(json))));

    RestoreFacts facts = ledger.facts(attempt(1)).orElseThrow();
    assertThat(facts.settings().orElseThrow().type()).contains("m5.large");
    assertThat(facts.settings().orElseThrow().securityGroups()).isEmpty();
    assertThat(facts.tagsLeftOut()).isEmpty();
    assertThat(facts.volumes().get(0).tags()).isEmpty();
  }

  @Test
  void aLookOfBeforePeaksAndHoldsWereRecordedIsReadable() {
    Instant at = Instant.parse("2026-11-22T02:00:00Z");
    LocalTables.client()
        .putItem(
            put ->
                put.tableName(table)
                    .item(
                        Map.of(
                            "pk", AttributeValue.fromS("slots"),
                            "sk", AttributeValue.fromS("look"),
                            "at", AttributeValue.fromS("2026-11-22T02:00:00.000Z"),
                            "pending", AttributeValue.fromN("9"),
                            "others", AttributeValue.fromN("4"),
                            "open",
                                AttributeValue.fromM(
                                    Map.of("vol-00000001", AttributeValue.fromN("2"))))));

    assertThat(ledger.slotLook())
        .contains(
            new SlotLook(
                at,
                9,
                4,
                new SlotLook.Peak(4, at),
                new OpenSnapshots("vol-00000001=2"),
                SlotLook.Held.UNKNOWN));
  }

  @Test
  void instantsSortAsText() {
    ledger.recordSnapshots(pending(1, 1));
    ledger.recordVerdict(
        List.of(snapshotId(1)), verdict(Consistency.CRASH, ""), Optional.of(EXPIRY));

    assertThat(item(1))
        .containsEntry("pointInTime", AttributeValue.fromS("2026-11-22T02:00:05.678Z"))
        .containsEntry("expiresAt", AttributeValue.fromS("2026-12-06T02:00:00.000Z"));
  }

  @Test
  void aSetIsDueWholeInOnePartitionOfItsDay() {
    ledger.recordSnapshots(pending(1, 3));
    ledger.recordVerdict(
        ids(1, 2, 3), verdict(Consistency.APPLICATION, "proved"), Optional.of(EXPIRY));

    String partition = DueDay.of(pending(1).set(), EXPIRY);
    assertThat(DueDay.partitions(LocalDate.parse("2026-12-06"))).hasSize(8).contains(partition);
    assertThat(entries(LedgerTable.DUE, partition))
        .hasSize(3)
        .allSatisfy(
            entry ->
                assertThat(entry)
                    .containsOnlyKeys(
                        "pk",
                        "sk",
                        "dueDay",
                        "expiresAt",
                        "setId",
                        "policy",
                        "instanceId",
                        "pointInTime",
                        "consistency"));
  }

  @Test
  void whatHasNoExpiryIsNeverDue() {
    ledger.recordSnapshots(pending(1, 1));
    String partition = DueDay.of(pending(1).set(), EXPIRY);
    assertThat(entries(LedgerTable.DUE, partition)).isEmpty();

    ledger.recordVerdict(ids(1), verdict(Consistency.APPLICATION, "proved"), Optional.of(EXPIRY));
    assertThat(entries(LedgerTable.DUE, partition)).hasSize(1);

    ledger.recordVerdict(ids(1), verdict(Consistency.UNKNOWN, "not proved"), Optional.empty());
    assertThat(entries(LedgerTable.DUE, partition)).isEmpty();
  }

  @Test
  void anExpiryThatMovesIsDueOnItsNewDayOnly() {
    Instant later = EXPIRY.plus(WEEK);
    ledger.recordSnapshots(pending(1, 1));
    ledger.recordVerdict(ids(1), verdict(Consistency.CRASH, "no scripts"), Optional.of(EXPIRY));
    ledger.recordVerdict(ids(1), verdict(Consistency.CRASH, "no scripts"), Optional.of(later));

    assertThat(entries(LedgerTable.DUE, DueDay.of(pending(1).set(), EXPIRY))).isEmpty();
    assertThat(entries(LedgerTable.DUE, DueDay.of(pending(1).set(), later))).hasSize(1);
  }

  @Test
  void aGroupShowsItsSetsByPointInTimeWithWhatRetentionAsks() {
    ledger.recordSnapshots(pending(1, 2));
    ledger.apply(completed(1, 5));
    ledger.recordVerdict(
        ids(1, 2), verdict(Consistency.APPLICATION, "proved"), Optional.of(EXPIRY));

    List<Map<String, AttributeValue>> entries =
        entries(LedgerTable.GROUP, "daily#i-00000000000000001");

    assertThat(entries)
        .hasSize(2)
        .allSatisfy(
            entry ->
                assertThat(entry)
                    .containsEntry(
                        "groupOrder",
                        AttributeValue.fromS("2026-11-22T02:00:05.678Z#" + pending(1).set()))
                    .containsOnlyKeys(
                        "pk", "sk", "groupKey", "groupOrder", "state", "consistency", "expiresAt"));
    assertThat(entries)
        .extracting(entry -> entry.get("state").s())
        .containsExactlyInAnyOrder("COMPLETED", "PENDING");
  }

  @Test
  void aRunFindsItsSnapshotsByKeysAlone() {
    ledger.recordSnapshots(pending(1, 1));

    assertThat(entries(LedgerTable.BY_RUN, Rows.RUN.value()))
        .singleElement()
        .satisfies(entry -> assertThat(entry).containsOnlyKeys("pk", "sk", "runKey"));
  }

  @Test
  void anEventWithoutARowIsInNoIndex() {
    ledger.apply(completed(1, 5));

    assertThat(entries(LedgerTable.BY_RUN, Rows.RUN.value())).isEmpty();
    assertThat(entries(LedgerTable.GROUP, "daily#i-00000000000000001")).isEmpty();
  }

  private static List<SnapshotId> ids(Integer... numbers) {
    return Stream.of(numbers).map(Rows::snapshotId).toList();
  }

  private Map<String, AttributeValue> item(String partition, String sort) {
    return LocalTables.client()
        .getItem(
            request -> request.tableName(table).key(DynamoAttributes.key(partition, sort).asMap()))
        .item();
  }

  private Map<String, AttributeValue> item(int number) {
    return LocalTables.client()
        .getItem(
            request ->
                request.tableName(table).key(DynamoSnapshotItem.key(snapshotId(number)).asMap()))
        .item();
  }

  private List<Map<String, AttributeValue>> entries(LedgerTable.Index index, String partition) {
    return LocalTables.client()
        .query(
            request ->
                request
                    .tableName(table)
                    .indexName(index.name())
                    .keyConditionExpression("#key = :key")
                    .expressionAttributeNames(Map.of("#key", index.partitionKey()))
                    .expressionAttributeValues(Map.of(":key", AttributeValue.fromS(partition))))
        .items();
  }
}
