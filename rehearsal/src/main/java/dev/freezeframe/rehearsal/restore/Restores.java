package dev.freezeframe.rehearsal.restore;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * What restores left.
 *
 * @param reports in the order of the instances
 * @param volumes every volume in EC2, by id
 */
public record Restores(List<RestoreReport> reports, List<Volume> volumes) {

  public Restores {
    reports = List.copyOf(reports);
    volumes = List.copyOf(volumes);
  }

  /** Those that were carried out and are not there. */
  public List<RestoreReport> failed() {
    return reports.stream().filter(RestoreReport::failed).toList();
  }
}
