package dev.freezeframe.rehearsal.dynamo.table;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The items of a table or an index: by partition, and in each in the order of the sort key. */
final class Entries {
  private final Map<String, NavigableMap<Place, Item>> partitions = new HashMap<>();

  /**
   * A place in a partition. Entries of an index with one sort key are in no order that DynamoDB
   * would promise, so here they are in one that no caller would like to have: scattered.
   *
   * @param scattered decides among those with one sort key
   * @param partition of the table
   * @param item the sort key of the table
   */
  record Place(String sort, int scattered, String partition, String item)
      implements Comparable<Place> {
    private static final int FACTOR = 0x9E3779B9;
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::sort, Values.BYTES)
            .thenComparingInt(Place::scattered)
            .thenComparing(Place::partition)
            .thenComparing(Place::item);

    static Place of(String sort, String partition, String item) {
      return new Place(sort, partition.hashCode() * FACTOR, partition, item);
    }

    /** Before all entries with a sort key. */
    static Place before(String sort) {
      return new Place(sort, Integer.MIN_VALUE, "", "");
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  Item find(String partition, Place place) {
    return partition(partition).get(place);
  }

  void put(String partition, Place place, Item item) {
    partitions.computeIfAbsent(partition, any -> new TreeMap<>()).put(place, item);
  }

  void remove(String partition, Place place) {
    partitions.computeIfPresent(
        partition,
        (any, places) -> {
          places.remove(place);
          return places.isEmpty() ? null : places;
        });
  }

  NavigableMap<Place, Item> partition(String partition) {
    return partitions.getOrDefault(partition, new TreeMap<>());
  }

  /** All items, in the order of their keys. */
  Stream<Item> all() {
    return partitions.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Values.BYTES))
        .map(partition -> partition.getValue().values())
        .flatMap(Collection::stream);
  }
}
