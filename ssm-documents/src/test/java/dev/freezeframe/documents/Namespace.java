package dev.freezeframe.documents;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A mount namespace of its own, with a {@code /run} of its own, that ends with the test. */
final class Namespace implements AutoCloseable {

  /** Which {@code src/test/bin/java} makes a mount point. */
  private static final String OWN_FOLDER = System.getProperty("java.io.tmpdir", "/tmp");

  private final Process keeper;

  /**
   * Enters nothing yet; see {@link #enter}.
   *
   * @param runSize the size of {@code /run}, as tmpfs takes it
   */
  Namespace(String runSize) {
    try {
      keeper =
          new ProcessBuilder(
                  "unshare",
                  "--mount",
                  "--propagation",
                  "private",
                  "sh",
                  "-c",
                  "mount -t tmpfs -o mode=755,size="
                      + runSize
                      + " tmpfs /run && echo ready; read x")
              .start();
      var out = new InputStreamReader(keeper.getInputStream(), StandardCharsets.UTF_8);
      if (!"ready".equals(new BufferedReader(out).readLine())) {
        throw new AssertionError("this machine makes no mount namespaces");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> enter() {
    return List.of("nsenter", "--target", Long.toString(keeper.pid()), "--mount", "--");
  }

  Answer run(String... command) {
    List<String> line = new ArrayList<>(enter());
    line.addAll(Arrays.asList(command));
    return Shell.run(line, java.util.Map.of());
  }

  String must(String... command) {
    Answer answer = run(command);
    if (answer.exitCode() != 0) {
      throw new AssertionError(String.join(" ", command) + "\n" + answer.output());
    }
    return answer.output();
  }

  /** Takes all file systems that can be frozen out of sight, but the root's and these. */
  void keepOnly(String... mountPoints) {
    List<String> kept = Arrays.asList(mountPoints);
    for (String line : must("cat", "/proc/self/mounts").lines().toList()) {
      String[] fields = line.split(" ", -1);
      String target = fields[1].replace("\\040", " ");
      if (List.of("ext3", "ext4", "xfs").contains(fields[2])
          && !kept.contains(target)
          && !target.equals("/")
          && !target.equals(OWN_FOLDER)) {
        must("umount", "--lazy", target);
      }
    }
  }

  @Override
  public void close() {
    keeper.destroy();
  }
}
