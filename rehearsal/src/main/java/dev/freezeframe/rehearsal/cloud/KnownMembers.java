package dev.freezeframe.rehearsal.cloud;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The members of requests that an embedded service acts on. Anyone who sets another is told so: a
 * member that is passed over would be a promise that the rehearsal does not keep.
 */
public final class KnownMembers {
  private KnownMembers() {}

  /**
   * Finds a member that is set and not known.
   *
   * @param known by the names of the service's model, those of a structure as {@code
   *     InstanceSpecification.InstanceId}; a structure that is named itself is known as a whole
   * @return its name; empty if none
   */
  public static Optional<String> unknown(SdkPojo request, Set<String> known) {
    return unknown("", request, known);
  }

  private static Optional<String> unknown(String above, SdkPojo structure, Set<String> known) {
    for (SdkField<?> field : structure.sdkFields()) {
      String name = above + field.memberName();
      Object value = field.getValueOrDefault(structure);
      if (!known.contains(name)) {
        Optional<String> found = unknownOf(name, value, known);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> unknownOf(String name, Object value, Set<String> known) {
    if (value instanceof SdkPojo structure) {
      return unknown(name + ".", structure, known);
    }
    if (value instanceof Collection<?> list) {
      return list.stream()
          .map(element -> unknownOf(name, element, known))
          .flatMap(Optional::stream)
          .findFirst();
    }
    // The SDK sends no empty list and no empty map.
    boolean set = value != null && !(value instanceof Map<?, ?> map && map.isEmpty());
    return set ? Optional.of(name) : Optional.empty();
  }
}
