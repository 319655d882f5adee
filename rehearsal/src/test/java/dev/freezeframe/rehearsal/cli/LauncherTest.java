package dev.freezeframe.rehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts that build and start, with tools that only say what they were told. */
class LauncherTest {
  /** Says on a pipe who it is, and builds until someone ends it. */
  private static final String BUILDS_ON = "echo $$ >\"$PIPE\"\nexec tail -f /dev/null";

  private static final String BUILDS =
      """
      echo >>"$PIPE.builds"
      mkdir -p rehearsal/target/classes/dev operator/target/classes/dev node_modules
      touch "$PIPE.jar"
      echo "$PIPE.jar:$PIPE.jar" | tee rehearsal/target/dependencies >operator/target/dependencies
      touch node_modules/.installed-from""";

  private static final String JAVA =
      """
      [ "$1" != -version ] || { echo 'openjdk version "17.0.1" 2021-10-19' >&2; exit; }
      printf '<%s>\\n' "$@"
      echo ended >"$PIPE.ended\"""";

  /** Lists a class or archives the listed ones, without the lambdas. */
  private static final String ARCHIVES =
      """
      for option; do
        case $option in
          -XX:DumpLoadedClassList=*)
            printf '@lambda-proxy A\\njava/lang/Object\\n' >"${option#*=}" && exit 1 ;;
          -XX:SharedClassListFile=*) list=${option#*=} ;;
          -XX:SharedArchiveFile=*) [ -z "$list" ] || { cp "$list" "${option#*=}" && exit; } ;;
        esac
      done
      """;

  @TempDir private Path folder;

  private Path root;
  private Path tools;

  @BeforeEach
  void copyTheScripts() throws IOException {
    root = Files.createDirectories(folder.resolve("mit Leerzeichen und Ümläuten"));
    tools = Files.createDirectories(folder.resolve("tools"));
    Path from = Path.of(System.getProperty("freezeframe.root"));
    Files.createDirectories(root.resolve(".mvn"));
    for (String file : List.of("rehearse", "freezeframe", ".mvn/launch", "pom.xml")) {
      Files.copy(from.resolve(file), root.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private void tool(String name, String script) throws IOException {
    Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void toolsWith(String maven) throws IOException {
    tool("java", JAVA);
    tool("javac", "");
    tool("mvn", maven);
  }

  private Child launch(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools + ":/usr/bin:/bin");
    builder.environment().put("PIPE", pipe().toString());
    builder.environment().putAll(environment);
    return Child.start(builder);
  }

  private Child rehearse(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(root.resolve("rehearse").toString()));
    command.addAll(List.of(arguments));
    return launch(Map.of(), command.toArray(String[]::new));
  }

  private Path pipe() {
    return folder.resolve("pipe");
  }

  /** Runs a command on the pipe, which waits until the other end is there. */
  private String withPipe(String command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("timeout", "60", "/bin/sh", "-c", command);
    builder.environment().put("PIPE", pipe().toString());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command).isZero();
    return out.strip();
  }

  private Path jar() {
    return folder.resolve("pipe.jar");
  }

  /** What a tool has left beside the pipe. */
  private String of(String name) throws IOException {
    return Files.readString(folder.resolve("pipe." + name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 17 | expected a JDK 17 or later in JAVA_HOME or on the PATH, found none",
        "java | 11 | expected a JDK 17 or later in JAVA_HOME or on the PATH, found 11",
        "java | 17 | expected the usual tools of a Unix on the PATH, found no find",
        "java find | 17 | expected a JDK, not a Java runtime alone, on the PATH, found no javac",
        "java find javac | 25 | expected Maven on the PATH, found no mvn"
      })
  void aToolThatIsMissingIsNamedInOneSentence(String names, String version, String sentence)
      throws Exception {
    for (String name : names.split(" ", -1)) {
      if (!name.isEmpty()) {
        tool(name, "echo 'openjdk version \"%s.0.1\" 2021-10-19' >&2".formatted(version));
      }
    }
    try (Child child =
        launch(Map.of("PATH", tools.toString()), "/bin/sh", root.resolve("rehearse").toString())) {
      assertThat(child.err()).isEqualTo("rehearse: " + sentence + "\n");
      assertThat(child.status()).isEqualTo(2);
    }
  }

  @Test
  void whatIsChangedDuringABuildIsBuiltTheNextTime() throws Exception {
    toolsWith(BUILDS + "\ntouch pom.xml");
    try (Child first = rehearse("--help")) {
      assertThat(first.status()).isZero();
    }
    try (Child second = rehearse("--help")) {
      assertThat(second.status()).isZero();
    }

    assertThat(of("builds")).isEqualTo("\n\n");
  }

  @Test
  void itBuildsOnceAndStartsFromAnywhere() throws Exception {
    toolsWith(BUILDS);
    try (Child first = rehearse("--policy", "mine & yours.yaml");
        Child second = rehearse("--help")) {
      assertThat(first.out())
          .contains("<-Dfreezeframe.root=" + root + ">\n")
          .contains("<%s:%<s:%s>\n".formatted(jar(), root.resolve("rehearsal/target/classes")))
          .endsWith("<dev.freezeframe.rehearsal.cli.Main>\n<--policy>\n<mine & yours.yaml>\n")
          .doesNotContain("freezeframe.columns", "freezeframe.progress", "freezeframe.colour");
      assertThat(first.status()).isZero();
      assertThat(second.status()).isZero();
    }
    assertThat(of("builds").lines()).hasSize(1);
    assertThat(root.resolve("target/building")).doesNotExist();
  }

  @Test
  void theClassesOfTheLibrariesAreArchivedOnceForEachJavaAndListOfLibraries() throws Exception {
    toolsWith(BUILDS);
    tool("java", ARCHIVES + JAVA);
    Path archive = root.resolve("rehearsal/target/libraries-17.jsa");
    try (Child first = rehearse("--help")) {
      assertThat(first.out()).contains("<-XX:SharedArchiveFile=" + archive + ">\n");
      assertThat(first.err()).contains("Preparing (once) ...\n");
    }
    assertThat(Files.readString(archive)).isEqualTo("java/lang/Object\n");
    Files.setLastModifiedTime(root.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(5)));
    try (Child second = rehearse("--help")) {
      assertThat(second.out()).contains("<-XX:SharedArchiveFile=" + archive + ">\n");
      assertThat(second.err()).doesNotContain("Preparing");
    }
    assertThat(of("builds").lines()).hasSize(2);
  }

  @Test
  void aJavaThatArchivesNothingStartsWithoutAnArchive() throws Exception {
    toolsWith(BUILDS);
    try (Child child = rehearse("--help")) {
      assertThat(child.status()).isZero();
      assertThat(child.out()).doesNotContain("SharedArchiveFile");
    }
    assertThat(root.resolve("rehearsal/target/libraries-17.jsa")).doesNotExist();
  }

  @Test
  void itBuildsAgainWhenALibraryHasGone() throws Exception {
    toolsWith(BUILDS);
    try (Child first = rehearse()) {
      assertThat(first.status()).isZero();
    }
    Files.delete(jar());
    try (Child second = rehearse()) {
      assertThat(second.status()).isZero();
    }
    assertThat(of("builds").lines()).hasSize(2);
  }

  @Test
  void whereMavenHasTakenTheClassesAwayThatIsSaidInOneSentence() throws Exception {
    toolsWith(BUILDS);
    try (Child first = rehearse()) {
      assertThat(first.status()).isZero();
    }
    Files.delete(root.resolve("rehearsal/target/classes/dev"));
    try (Child second = rehearse()) {
      assertThat(second.err())
          .isEqualTo(
              "rehearse: expected classes in %s, found none, as while Maven builds this clone; start again when it has ended\n"
                  .formatted(root.resolve("rehearsal/target/classes")));
      assertThat(second.status()).isEqualTo(2);
    }
  }

  @Test
  void aBuildThatFailsSaysWhatItFoundAndWhereTheRestIs() throws Exception {
    toolsWith("echo '[INFO] fine'\necho '[ERROR] no such symbol'\nexit 1");
    try (Child child = rehearse()) {
      assertThat(child.err())
          .contains("no such symbol", "rehearse: the build failed; all of its output is in")
          .doesNotContain("fine", "\r");
      assertThat(child.status()).isEqualTo(2);
    }
    assertThat(Files.exists(root.resolve("target/building"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void whatIsInTheWayOfTheBuildIsNamed() throws Exception {
    toolsWith(BUILDS);
    Files.writeString(root.resolve("target"), "");
    try (Child child = rehearse()) {
      assertThat(child.err())
          .isEqualTo(
              "rehearse: expected a folder to build in that can be written, found %s/target\n"
                  .formatted(root));
      assertThat(child.status()).isEqualTo(2);
    }
  }

  @Test
  void whoInterruptsABuildLeavesNoneBehind() throws Exception {
    toolsWith(BUILDS_ON);
    withPipe("mkfifo \"$PIPE\"");
    try (Child child = rehearse()) {
      long maven = Long.parseLong(withPipe("cat \"$PIPE\""));
      assertThat(ProcessHandle.of(maven)).isPresent();
      child.interrupt();

      assertThat(child.status()).isEqualTo(130);
      assertThat(child.err())
          .endsWith("rehearse: interrupted; the next start builds what is missing.\n");
      assertThat(ProcessHandle.of(maven).filter(ProcessHandle::isAlive)).isEmpty();
    }
    assertThat(Files.exists(root.resolve("target/building"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void npmEndsWithTheMavenThatStartedIt() throws Exception {
    tool("npm", BUILDS_ON);
    withPipe("mkfifo \"$PIPE\"");
    Files.copy(
        Path.of(System.getProperty("freezeframe.root"), ".mvn/node-tools"),
        root.resolve(".mvn/node-tools"),
        StandardCopyOption.COPY_ATTRIBUTES);
    try (Child maven =
        launch(
            Map.of("SCRIPT", root.resolve(".mvn/node-tools").toString()),
            "/bin/sh",
            "-c",
            "\"$SCRIPT\"; exit")) {
      ProcessHandle npm = ProcessHandle.of(Long.parseLong(withPipe("cat \"$PIPE\""))).orElseThrow();
      maven.kill();

      assertThat(npm.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
    }
  }

  @Test
  void whoComesSecondWaitsForTheBuildOfTheFirst() throws Exception {
    toolsWith("cat \"$PIPE\" >\"$PIPE.held\"\n" + BUILDS);
    withPipe("mkfifo \"$PIPE\"");
    try (Child first = rehearse()) {
      first.hear("Building (the first time takes some minutes) ...");
      try (Child second = rehearse()) {
        second.hear("Waiting for another build, of process ");
        withPipe("echo go on >\"$PIPE\"");

        assertThat(first.status()).isZero();
        assertThat(second.status()).isZero();
      }
    }
    assertThat(of("builds").lines()).hasSize(1);
  }

  @Test
  void aBuildThatDiedDoesNotHoldTheNext() throws Exception {
    toolsWith(BUILDS);
    Files.createSymbolicLink(
        Files.createDirectories(root.resolve("target")).resolve("building"), Path.of("999999999"));
    try (Child child = rehearse()) {
      assertThat(child.status()).isZero();
    }
  }

  @Test
  void whoReadsOneLineOnlyEndsNeitherBuildNorRun() throws Exception {
    toolsWith(BUILDS);
    try (Child child =
        launch(
            Map.of("SCRIPT", root.resolve("rehearse").toString()),
            "/bin/sh",
            "-c",
            "\"$SCRIPT\" 2>&1 | head -n 1")) {
      assertThat(child.out()).isEqualTo("Building (the first time takes some minutes) ...\n");
      assertThat(child.err()).isEmpty();
      assertThat(child.status()).isZero();
    }
    assertThat(of("ended")).isEqualTo("ended\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TERM=xterm COLUMNS=60 | columns=60 progress=60 colour=true",
        "TERM=xterm COLUMNS=60 NO_COLOR=1 | columns=60 progress=60",
        "TERM=dumb COLUMNS=60 | columns=60",
        "TERM=xterm COLUMNS=wide | columns=80 progress=80 colour=true"
      })
  void aTerminalIsDescribedToTheProgram(String variables, String told) throws Exception {
    assumeThat(Path.of("/usr/bin/script")).as("script, which gives a program a terminal").exists();
    toolsWith(BUILDS);
    try (Child child =
        launch(
            Map.of("SCRIPT", root.resolve("freezeframe").toString(), "SHELL", "/bin/sh"),
            "/usr/bin/script",
            "-qec",
            "stty cols 80; %s \"$SCRIPT\" --help".formatted(variables),
            "/dev/null")) {
      String out = child.out();
      assertThat(child.status()).isZero();
      assertThat(
              out.lines()
                  .filter(line -> line.matches("<-Dfreezeframe\\.(columns|progress|colour).*"))
                  .map(line -> line.strip().substring("<-Dfreezeframe.".length()).replace(">", ""))
                  .distinct())
          .containsExactlyInAnyOrder(told.split(" ", -1));
    }
  }

  @Test
  void columnsAreHonouredWithoutATerminalToo() throws Exception {
    toolsWith(BUILDS);
    try (Child child = launch(Map.of("COLUMNS", "72"), root.resolve("rehearse").toString())) {
      assertThat(child.out())
          .contains("<-Dfreezeframe.columns=72>")
          .doesNotContain("freezeframe.progress", "freezeframe.colour");
    }
  }
}
