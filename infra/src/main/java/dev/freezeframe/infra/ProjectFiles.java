package dev.freezeframe.infra;

import dev.freezeframe.infra.workflow.StateMachineFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that a stack is made of.
 *
 * @param tasks the jar with all tasks
 * @param stateMachines folder of the {@code *.asl.json} files
 * @param policies folder of the policies
 */
public record ProjectFiles(Path tasks, Path stateMachines, Path policies) {

  /** The project in a folder, once {@code mvn package} has run there. */
  static ProjectFiles in(Path root, String policies) {
    return new ProjectFiles(
        builtJar(root.resolve("app/target")),
        root.resolve("statemachines"),
        root.resolve(policies));
  }

  public StateMachineFile stateMachine(String name) {
    return StateMachineFile.read(stateMachines.resolve(name + ".asl.json"));
  }

  private static Path builtJar(Path target) {
    List<Path> jars =
        list(target).stream().filter(file -> file.toString().endsWith("-lambda.jar")).toList();
    if (jars.size() != 1) {
      throw new IllegalArgumentException(
          "%s: expected one jar of the tasks, found %s; mvn package builds it"
              .formatted(target, jars));
    }
    return jars.get(0);
  }

  /** The files of a folder by name; none if there is no such folder. */
  static List<Path> list(Path folder) {
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
