package dev.freezeframe.operator.doctor.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stack as CloudFormation holds it: what was deployed, and so what should be there.
 *
 * @param status CloudFormation's, such as {@code UPDATE_COMPLETE}
 * @param since when it was created
 */
public record DeployedStack(String name, String status, Instant since, List<Resource> resources) {

  /**
   * A resource of it.
   *
   * @param physicalId what {@code Ref} gives; empty while it is being made
   * @param properties as the template has them, with what CloudFormation fills in left as it is
   */
  public record Resource(
      String logicalId, String type, String physicalId, String status, JsonNode properties) {}

  public DeployedStack {
    resources = List.copyOf(resources);
  }

  public List<Resource> of(String type) {
    return resources.stream().filter(resource -> resource.type().equals(type)).toList();
  }

  /** A value of a property: as it stands, or what a {@code Ref} to a resource gives. */
  public Optional<String> text(JsonNode value) {
    if (value.isValueNode() && !value.isNull()) {
      return Optional.of(value.asText());
    }
    String referred = value.path("Ref").asText();
    return resources.stream()
        .filter(resource -> resource.logicalId().equals(referred))
        .map(Resource::physicalId)
        .findFirst();
  }
}
