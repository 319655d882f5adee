package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.rehearsal.ec2.api.Tags;
import dev.freezeframe.rehearsal.ec2.image.ImageStore;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotStore;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Sets and takes away tags of instances, volumes, snapshots and images: of all that are named, or
 * none.
 */
final class Tagging {
  private static final String IMAGE = "ami-";

  private final Inventory inventory;
  private final SnapshotStore snapshots;
  private final ImageStore images;

  Tagging(Inventory inventory, SnapshotStore snapshots, ImageStore images) {
    this.inventory = inventory;
    this.snapshots = snapshots;
    this.images = images;
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
      changed.put(id, change.apply(tags(id)));
    }
    changed.forEach(this::tag);
  }

  private SortedMap<String, String> tags(String id) {
    if (inventory.has(id)) {
      return inventory.tags(id);
    }
    return id.startsWith(IMAGE) ? Tags.map(images.asked(id).tags()) : snapshots.visible(id).tags();
  }

  private void tag(String id, SortedMap<String, String> tags) {
    if (inventory.has(id)) {
      inventory.tag(id, tags);
    } else if (id.startsWith(IMAGE)) {
      images.change(id, image -> image.copy(builder -> builder.tags(Tags.list(tags))));
    } else {
      snapshots.visible(id).tags(tags);
    }
  }
}
