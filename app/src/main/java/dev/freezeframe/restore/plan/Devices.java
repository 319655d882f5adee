package dev.freezeframe.restore.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The device names of one instance: which are taken, and which is free.
 *
 * <p>The names are those that EC2 recommends for EBS volumes, then those that it allows besides
 * (EC2 User Guide, device names). A kernel calls {@code /dev/sdf} {@code xvdf}, so that the two are
 * taken for one.
 */
final class Devices {
  private static final List<String> LINUX =
      Stream.of(
              names("/dev/sd", 'f', 'p'),
              names("/dev/xvdb", 'a', 'z'),
              names("/dev/xvdc", 'a', 'z'),
              names("/dev/sd", 'b', 'e'))
          .flatMap(all -> all)
          .toList();

  private static final List<String> WINDOWS =
      Stream.of(
              names("xvd", 'f', 'p'),
              names("xvdb", 'a', 'z'),
              names("xvdc", 'a', 'z'),
              names("xvd", 'd', 'e'))
          .flatMap(all -> all)
          .toList();

  private final Set<String> taken = new HashSet<>();
  private final List<String> free;

  /** Names of an instance on which none is taken. */
  Devices(boolean windows) {
    this.free = windows ? WINDOWS : LINUX;
  }

  private static Stream<String> names(String start, char first, char last) {
    return IntStream.rangeClosed(first, last).mapToObj(letter -> start + (char) letter);
  }

  /** Takes a name; false: it was taken. */
  boolean take(String device) {
    return taken.add(normal(device));
  }

  /** Takes the next name that is free; empty: none is. */
  Optional<String> next() {
    return free.stream().filter(this::take).findFirst();
  }

  /** Whether two names stand for one device. */
  static boolean same(String one, String other) {
    return normal(one).equals(normal(other));
  }

  private static String normal(String device) {
    String name = device.toLowerCase(Locale.ROOT).replaceFirst("^/dev/", "");
    return name.replaceFirst("^sd", "xvd").replaceFirst("^xvda1$", "xvda");
  }
}
