package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.rehearsal.ec2.api.Tags;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotStore;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Sets and takes away tags of instances, volumes and snapshots: of all that are named, or none. */
final class Tagging {
  private final Inventory inventory;
  private final SnapshotStore snapshots;

  Tagging(Inventory inventory, SnapshotStore snapshots) {
    this.inventory = inventory;
    this.snapshots = snapshots;
  }

  void create(List<String> ids, List<Tag> tags) {
    SortedMap<String, String> given = Tags.given(tags);
    change(ids, old -> Tags.together(old, given));
  }

  /** A tag without a value takes its key away whatever the value; no tags take all away. */
  void delete(List<String> ids, List<Tag> unwanted) {
    change(ids, old -> without(old, unwanted));
  }

  private static SortedMap<String, String> without(
      SortedMap<String, String> tags, List<Tag> unwanted) {
    SortedMap<String, String> left = new TreeMap<>(tags);
    if (unwanted.isEmpty()) {
      left.keySet().removeIf(key -> !key.startsWith("aws:"));
    }
    for (Tag tag : unwanted) {
      if (tag.value() == null || tag.value().equals(left.get(tag.key()))) {
        left.remove(tag.key());
      }
    }
    return left;
  }

  private void change(List<String> ids, UnaryOperator<SortedMap<String, String>> change) {
    Map<String, SortedMap<String, String>> changed = new TreeMap<>();
    for (String id : ids) {
      SortedMap<String, String> old =
          inventory.has(id) ? inventory.tags(id) : snapshots.visible(id).tags();
      changed.put(id, change.apply(old));
    }
    changed.forEach(
        (id, tags) -> {
          if (inventory.has(id)) {
            inventory.tag(id, tags);
          } else {
            snapshots.visible(id).tags(tags);
          }
        });
  }
}
