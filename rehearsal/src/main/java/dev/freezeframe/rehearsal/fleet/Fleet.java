package dev.freezeframe.rehearsal.fleet;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Volume;

/** The instances of an account and their volumes, as EC2 describes them. */
public record Fleet(List<Instance> instances, List<Volume> volumes) {

  public Fleet {
    instances = List.copyOf(instances);
    volumes = List.copyOf(volumes);
  }
}
