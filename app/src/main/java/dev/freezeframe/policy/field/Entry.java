package dev.freezeframe.policy.field;

import dev.freezeframe.common.Quoted;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** One value in the file, with the path that leads to it. */
public record Entry(String path, Node node, Violations faults) {

  /** The value as it is written, if it is one: {@code yes} and {@code 010} are what they look. */
  public Optional<String> text() {
    return node instanceof ScalarNode scalar && !Quoted.isUnset(node)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** Notes a fault; empty, so that a field can return it. */
  public <T> Optional<T> refuse(String expected) {
    return refuse(Quoted.describe(node), expected);
  }

  public <T> Optional<T> refuse(String found, String expected) {
    faults.add(path, found, expected);
    return Optional.empty();
  }
}
