package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.fleet.FleetReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Small inputs from the world outside, in a folder each: a policy, a fleet, documents. */
final class Cases {
  private static final Path FOLDER = Path.of("src/test/resources/cases");

  private Cases() {}

  /** A rehearsal of a case; its documents are those of its folder besides ours. */
  static Scene scene(String name, String policy, String fleet) {
    Path folder = FOLDER.resolve(name);
    Path volumes = folder.resolve("volumes.json");
    Scene scene =
        Scene.of(
                new FleetReader(new Seed(1))
                    .read(folder.resolve(fleet), Optional.of(volumes).filter(Files::isRegularFile)))
            .policy(text(folder.resolve(policy)));
    documents(folder).forEach(file -> scene.document(name(file), text(file)));
    return scene;
  }

  /** The result of the one instance that the policy matches. */
  static InstanceReport play(String name, String policy, String fleet) {
    return scene(name, policy, fleet).play().reports().get(0);
  }

  private static List<Path> documents(Path folder) {
    Path documents = folder.resolve("documents");
    if (!Files.isDirectory(documents)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(documents)) {
      return files.sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
