package dev.freezeframe.ledger;

import dev.freezeframe.common.SnapshotId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The queries and records of retention: which snapshots are due, what their groups hold, and how
 * each of them ended.
 *
 * <p>A snapshot lives until it is recorded as deleted or vanished. Then it leaves the indexes; its
 * row stays.
 */
public interface ExpiryLedger {

  /**
   * The living snapshots whose expiry lies on a day (UTC) and has come; through an index, a page at
   * a time, as far as the caller gets.
   */
  Stream<IndexedSnapshot> due(LocalDate day, Instant now);

  /** The day before which nothing is due any more; empty: nobody has looked yet. */
  Optional<LocalDate> dueFrom();

  /** Records that nothing is due before a day, unless there is such a day on record. */
  void beginDueFrom(LocalDate day);

  /**
   * Records that nothing is due before a day. It never goes back, unless the day on record lies in
   * the future: then the clock that put it there was ahead.
   */
  void recordDueFrom(LocalDate day, LocalDate today);

  /** The living snapshots of a group; through an index. */
  List<IndexedSnapshot> members(GroupKey group);

  /** Groups that have had snapshots, by key, up to so many after a given one. */
  List<GroupKey> groups(Optional<GroupKey> after, int most);

  /**
   * Records when living snapshots are due next, and why they were kept.
   *
   * @param expiresAt empty: not before something else decides
   * @param held empty: nothing kept them
   */
  void recordExpiry(
      Collection<SnapshotId> snapshots, Optional<Instant> expiresAt, Optional<String> held);

  /**
   * Records that a living snapshot is about to be deleted, so that its end has a reason even if
   * nobody lives to record it. What is held since takes that back.
   *
   * @return false if it does not live
   */
  boolean recordDeleting(SnapshotId snapshot, Deletion intended);

  /**
   * Records that a living snapshot was deleted.
   *
   * @return false if it does not live, which then stays as it is
   */
  boolean recordDeletion(SnapshotId snapshot, Deletion deletion);

  /**
   * Records that EC2 has a living snapshot no more.
   *
   * @return false if it does not live
   */
  boolean recordVanished(SnapshotId snapshot, Instant noticedAt);

  /** Takes back that a snapshot vanished; it is tracked again, and is not due. */
  void recordReturned(SnapshotId snapshot);

  /** Adds to a row where it comes from; the first adoption stays. */
  void recordAdoption(SnapshotId snapshot, Adoption adoption);

  /** All that is known of some snapshots, by id; those without a row are left out. */
  List<SnapshotHistory> lives(Collection<SnapshotId> ids);
}
