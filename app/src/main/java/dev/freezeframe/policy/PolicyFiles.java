package dev.freezeframe.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The policies of a folder, read by the code that reads them at run time. */
public final class PolicyFiles {
  private PolicyFiles() {}

  /**
   * Reads every policy, and refuses all if one is wrong.
   *
   * @throws IllegalArgumentException with what is wrong, in the words of the reader
   */
  public static List<Policy> read(Path folder, Function<Path, Policy> reader) {
    List<Policy> policies = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path file : list(folder)) {
      if (!file.toString().matches(".*\\.ya?ml")) {
        continue;
      }
      try {
        Policy policy = reader.apply(file);
        policies.add(policy);
        if (!names.add(policy.name().value())) {
          faults.add("%s: another policy is named %s as well".formatted(file, policy.name()));
        }
      } catch (RuntimeException wrong) {
        faults.add(wrong.getMessage());
      }
    }
    if (policies.isEmpty() && faults.isEmpty()) {
      faults.add("%s: expected at least one policy (*.yaml), found none".formatted(folder));
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    return List.copyOf(policies);
  }

  /** The files by name; none if there is no such folder. */
  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
