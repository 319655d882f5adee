package dev.freezeframe.ledger.run;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import java.util.List;

/**
 * One page of a run's targets, as selected.
 *
 * @param page from 1
 * @param selected the instances whose backup is ordered
 * @param invalid the instances that match but can't be backed up
 * @param last whether no page follows
 */
public record PageRow(
    RunId run, int page, List<InstanceId> selected, List<Invalid> invalid, boolean last) {

  public PageRow {
    if (page < 1) {
      throw new IllegalArgumentException(
          "page of %s: expected a number from 1, found %d".formatted(run, page));
    }
    selected = List.copyOf(selected);
    invalid = List.copyOf(invalid);
  }

  /** An instance that matches but can't be backed up. */
  public record Invalid(InstanceId instance, String reason) {}
}
