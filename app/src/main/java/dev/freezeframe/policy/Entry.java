package dev.freezeframe.policy;

import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** One value in the file, with the path that leads to it. */
record Entry(String path, Node node, Faults faults) {

  /** The value as it is written, if it is one: {@code yes} and {@code 010} are what they look. */
  Optional<String> text() {
    return node instanceof ScalarNode scalar && !Found.isUnset(node)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** Notes a fault; empty, so that a field can return it. */
  <T> Optional<T> refuse(String expected) {
    return refuse(Found.describe(node), expected);
  }

  <T> Optional<T> refuse(String found, String expected) {
    faults.add(path, found, expected);
    return Optional.empty();
  }
}
