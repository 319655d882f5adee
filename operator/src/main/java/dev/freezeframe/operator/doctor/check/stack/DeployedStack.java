package dev.freezeframe.operator.doctor.check.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.operator.doctor.check.Asked;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A stack as CloudFormation holds it, with those that are nested in it: what was deployed, and so
 * what should be there.
 *
 * @param status CloudFormation's, such as {@code UPDATE_COMPLETE}
 * @param since when it was created
 * @param parent the name of the stack in which this one is nested; empty: in none
 * @param outputs by name
 * @param resources its own; those of nested stacks are theirs
 * @param nested by the id or, where none exists yet, the logical id of each; an answer that is
 *     empty: there is no such stack
 */
public record DeployedStack(
    String name,
    String status,
    Instant since,
    Optional<String> parent,
    Map<String, String> outputs,
    List<Resource> resources,
    Map<String, Asked<Optional<DeployedStack>>> nested) {

  /** In these nothing is there yet, nothing is any more, or nobody can say what should be. */
  private static final Set<String> UNSETTLED =
      Set.of(
          "CREATE_IN_PROGRESS",
          "CREATE_FAILED",
          "ROLLBACK_IN_PROGRESS",
          "ROLLBACK_COMPLETE",
          "ROLLBACK_FAILED",
          "DELETE_IN_PROGRESS",
          "DELETE_FAILED");

  /**
   * A resource of it.
   *
   * @param physicalId what {@code Ref} gives
   * @param properties as the template has them; a {@code Ref} is filled in with what it gives, and
   *     a character beyond ASCII is a question mark, as CloudFormation gives a template back
   */
  public record Resource(
      String logicalId, String type, String physicalId, String status, JsonNode properties) {

    /** A property; empty if none, or CloudFormation alone knows what it is. */
    public Optional<String> text(String pointer) {
      return Optional.of(properties.at(pointer))
          .filter(value -> value.isValueNode() && !value.isNull())
          .map(JsonNode::asText);
    }
  }

  public DeployedStack {
    outputs = Map.copyOf(outputs);
    resources = List.copyOf(resources);
    nested = Map.copyOf(nested);
  }

  /** Whether what it holds can be compared with what should be there. */
  public boolean isSettled() {
    return !UNSETTLED.contains(status);
  }

  /** The resources of a type, those of nested stacks too. */
  public List<Resource> of(String type) {
    return whole()
        .flatMap(stack -> stack.resources.stream())
        .filter(resource -> resource.type().equals(type))
        .toList();
  }

  /** When the stack was created that holds a resource; empty: none does. */
  public Optional<Instant> since(Resource resource) {
    return whole()
        .filter(stack -> stack.resources.contains(resource))
        .map(DeployedStack::since)
        .findFirst();
  }

  /** Whether a stack that is nested in it could not be read, so that something of it is unknown. */
  boolean isReadInPart() {
    return whole()
        .flatMap(stack -> stack.nested.values().stream())
        .anyMatch(asked -> asked.value().isEmpty());
  }

  /** This one, and all that are nested in it. */
  Stream<DeployedStack> whole() {
    return Stream.concat(
        Stream.of(this),
        nested.values().stream()
            .flatMap(asked -> asked.value().stream())
            .flatMap(Optional::stream)
            .flatMap(DeployedStack::whole));
  }
}
