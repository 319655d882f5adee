package dev.freezeframe.restore.view;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The groups of an instance: it may be backed up by several policies. */
public final class InstanceSets {
  private static final int PAGE = 1000;

  private InstanceSets() {}

  /** Its groups; of others nothing but names is read. */
  static List<GroupKey> groups(Ledger ledger, InstanceId instance) {
    List<GroupKey> groups = new ArrayList<>();
    Optional<GroupKey> after = Optional.empty();
    List<GroupKey> page;
    do {
      page = ledger.groups(after, PAGE);
      page.stream().filter(group -> group.instance().equals(instance)).forEach(groups::add);
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1));
    } while (page.size() == PAGE);
    return groups;
  }

  /** Its snapshots that live; through an index, so the newest may be missing. */
  public static List<IndexedSnapshot> members(Ledger ledger, InstanceId instance) {
    return groups(ledger, instance).stream()
        .flatMap(group -> ledger.members(group).stream())
        .toList();
  }
}
