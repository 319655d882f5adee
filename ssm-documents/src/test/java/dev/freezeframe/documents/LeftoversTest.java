package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM of tests leaves that is killed, the next one ends and removes. */
class LeftoversTest {

  private static final String PROGRAM = "src/test/bin/java";

  /** In place of a JVM: has a volume frozen and a process that outlives it. */
  private static final String STAND_IN =
      """
      [[ $* == *live ]] || exit 7
      folder=${1#*=}
      truncate -s 32M "$folder/image" && mkfs.ext4 -q "$folder/image" && mkdir "$folder/volume"
      mount -o loop "$folder/image" "$folder/volume" && fsfreeze --freeze "$folder/volume"
      setsid sleep 600 </dev/null 9<&- &
      echo "$folder $!" >"$STARTED.new" && mv "$STARTED.new" "$STARTED"
      exec sleep 600
      """;

  @TempDir Path folder;

  @Test
  void ofAKilledJvmNothingIsLeftForTheNext() throws IOException {
    try (Volume whatAVolumeNeeds = new Volume("ext4")) {
      assertThat(whatAVolumeNeeds.frozen()).isFalse();
    }
    Path started = folder.resolve("started");
    Path java = folder.resolve("jvm");
    Shell.write(java, "#!/bin/bash\n" + STAND_IN);
    Shell.must("chmod", "+x", java.toString());
    Map<String, String> environment =
        Map.of(
            "FREEZEFRAME_JAVA", java.toString(),
            "TMPDIR", folder.toString(),
            "STARTED", started.toString());
    Process first =
        Shell.start(List.of(PROGRAM, "surefire", "live"), environment, folder.resolve("first"));
    Shell.await("it has started", () -> Files.exists(started));
    List<ProcessHandle> all = new java.util.ArrayList<>(first.descendants().toList());
    all.add(0, first.toHandle());
    String[] words = Files.readString(started).trim().split(" ", -1);
    all.stream()
        .filter(one -> one.pid() != Long.parseLong(words[1]))
        .forEach(ProcessHandle::destroyForcibly);
    Shell.await(
        "it and all that held its lock are dead",
        () -> !first.isAlive() && Shell.succeeds("flock", "-n", words[0] + "/lock", "true"));
    assertThat(Files.exists(Path.of(words[0]))).isTrue();
    assertThat(ProcessHandle.of(Long.parseLong(words[1])).isPresent()).isTrue();

    Answer second = Shell.run(List.of(PROGRAM, "surefire", "end"), environment);

    assertThat(second.exitCode()).as(second.output()).isEqualTo(7);
    assertThat(Files.exists(Path.of(words[0]))).isFalse();
    Shell.await(
        "its process is dead",
        () -> ProcessHandle.of(Long.parseLong(words[1])).filter(ProcessHandle::isAlive).isEmpty());
    Shell.await(
        "its disk is detached",
        () -> !Shell.must("losetup", "--list", "--output", "BACK-FILE").contains(words[0]));
  }
}
