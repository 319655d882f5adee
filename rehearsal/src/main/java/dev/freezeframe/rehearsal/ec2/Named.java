package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.instance.InstancePermission;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call that changes something names.
 *
 * @param missing the parameters that are not there and have to be
 * @param resources the ids by which a role may be limited
 * @param detail what tells calls of one action apart
 */
record Named(List<String> missing, List<String> resources, String detail) {

  /** Nothing by which a role is limited here. */
  static Named detail(String detail) {
    return new Named(List.of(), List.of(), detail);
  }

  static Named resource(String parameter, String id) {
    return resources(parameter, id == null ? List.of() : List.of(id));
  }

  static Named resources(String parameter, List<String> ids) {
    return new Named(
        ids.isEmpty() ? List.of(parameter) : List.of(), List.copyOf(ids), String.join(" ", ids));
  }

  /** The same, and another thing. */
  Named and(Named other) {
    List<String> allMissing = new ArrayList<>(missing);
    allMissing.addAll(other.missing);
    List<String> all = new ArrayList<>(resources);
    all.addAll(other.resources);
    return new Named(allMissing, all, (detail + " " + other.detail).strip());
  }

  /** The same, and something that has to be there and is no resource. */
  Named with(String parameter, Object value) {
    return value == null
        ? and(new Named(List.of(parameter), List.of(), ""))
        : new Named(missing, resources, detail);
  }

  void check(String action, InstancePermission permission) {
    if (!missing.isEmpty()) {
      throw Ec2Refusal.missing(missing.get(0));
    }
    if (!resources.stream().allMatch(id -> permission.allows(action, id))) {
      throw Ec2Refusal.unauthorized();
    }
  }
}
