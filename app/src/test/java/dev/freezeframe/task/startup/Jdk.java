package dev.freezeframe.task.startup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JDK on this machine.
 *
 * @param feature such as 17
 */
record Jdk(Path home, String version, int feature) {
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"((\\d+)[^\"]*)\"");

  /** The first with JEP 514, by which a cache is made in one run. */
  private static final int AOT_CACHE = 25;

  static Jdk of(Path home) {
    try {
      Matcher release = VERSION.matcher(Files.readString(home.resolve("release")));
      if (release.find()) {
        return new Jdk(home, release.group(1), Integer.parseInt(release.group(2)));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    throw new IllegalArgumentException("%s/release: expected JAVA_VERSION".formatted(home));
  }

  /** How a task can be started with it. */
  List<StartUpWay> ways(String classPath, Path cache) {
    String name = "JDK " + version;
    StartUpWay cold = new StartUpWay(name, command(classPath), false, null);
    return feature < AOT_CACHE
        ? List.of(cold)
        : List.of(
            cold,
            new StartUpWay(name + ", AOT cache", command(classPath), false, cache),
            restored(classPath));
  }

  /** Without what SnapStart has kept of the start. */
  StartUpWay restored(String classPath) {
    return new StartUpWay("JDK " + version + ", restored", command(classPath), true, null);
  }

  /** With what Lambda gives a JVM of its own accord. */
  private List<String> command(String classPath) {
    return List.of(
        home.resolve("bin/java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classPath,
        StartOfTask.class.getName());
  }
}
