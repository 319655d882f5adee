package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Runs built documents as the agent does: the parameters put in as text, the step in a file of its
 * own, given to {@code sh} in a process of its own.
 */
final class Guest implements AutoCloseable {

  static final Path RUN = Path.of("/run/freezeframe");

  private DocumentYaml document;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> prefix = new ArrayList<>();
  private final Map<String, String> edits = new LinkedHashMap<>();
  private final Path agent;

  Guest(SsmDocument document) {
    OneAtATime.hold();
    this.document = DocumentYaml.of(document);
    try {
      agent = Files.createTempDirectory("freezeframe-agent");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Guest with(String parameter, String value) {
    parameters.put(parameter, value);
    return this;
  }

  /** Sets after how many seconds the guest ends the hold by itself. */
  Guest timer(String seconds) {
    boolean mounts = document.parameters().has("autoMountSeconds");
    return with(mounts ? "autoMountSeconds" : "autoThawSeconds", seconds);
  }

  /** Runs another document instead, such as an earlier one. */
  Guest running(DocumentYaml other) {
    document = other;
    return this;
  }

  /** Replaces text of the script, as someone does who fills in the template. */
  Guest edited(Map<String, String> replacements) {
    edits.putAll(replacements);
    return this;
  }

  /** Runs every command in another mount namespace. */
  Guest in(Namespace namespace) {
    prefix.addAll(namespace.enter());
    return this;
  }

  /** Runs every command behind another, which it has to end by becoming it. */
  Guest behind(String... command) {
    prefix.addAll(List.of(command));
    return this;
  }

  Guest environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Puts a program before the machine's own of that name. */
  Guest standIn(String program, String... lines) {
    Path folder = agent.resolve("bin");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path file = folder.resolve(program);
    Shell.write(file, "#!/bin/bash\n" + String.join("\n", lines) + "\n");
    Shell.must("chmod", "+x", file.toString());
    String path = environment.getOrDefault("PATH", System.getenv("PATH"));
    return path.startsWith(folder + ":") ? this : environment("PATH", folder + ":" + path);
  }

  static String newExecution() {
    return UUID.randomUUID().toString();
  }

  Answer dryRun() {
    return run("dry-run", newExecution());
  }

  Answer pre(String executionId) {
    return run("pre-script", executionId);
  }

  /** Freezes so many file systems, does something, and thaws them. */
  void held(int mounts, Runnable during) {
    String execution = newExecution();
    Answer pre = pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    assertThat(pre.stamp("frozen").values()).containsEntry("mounts", Integer.toString(mounts));
    during.run();
    Answer post = post(execution);
    assertThat(post.exitCode()).as(post.output()).isZero();
  }

  Answer post(String executionId) {
    return run("post-script", executionId);
  }

  Answer run(String command, String executionId) {
    return Shell.run(commandLine(command, executionId), environment);
  }

  /** Starts a command and leaves it to itself. */
  Process start(String command, String executionId, Path output) {
    try {
      return Shell.start(commandLine(command, executionId), environment, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a command as the leader of a process group, as the agent does. */
  Process startInGroup(String command, String executionId, Path output) {
    List<String> line = new ArrayList<>(List.of("setsid", "--wait"));
    line.addAll(commandLine(command, executionId));
    try {
      return Shell.start(line, environment, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until the timer has thawed and told so. Between the two a post-script finds nothing to
   * thaw, and cannot tell who thawed.
   */
  static void awaitWord(String execution) {
    Shell.await("the timer's word", () -> Files.exists(RUN.resolve(execution).resolve("word")));
  }

  /** What runs have left; a mark of a post-script that found nothing expires by itself. */
  static List<String> leftovers() {
    return Shell.run("find", RUN.toString(), "-mindepth", "1", "-not", "-name", "*.over")
        .output()
        .lines()
        .filter(line -> !line.contains("No such file"))
        .toList();
  }

  Path newFile(String name) {
    return agent.resolve(name);
  }

  private List<String> commandLine(String command, String executionId) {
    Map<String, String> given = new LinkedHashMap<>(parameters);
    given.put("command", command);
    given.put("executionId", executionId);
    try {
      Path script = Files.createTempDirectory(agent, "step").resolve("_script.sh");
      String text = document.script(given);
      for (Map.Entry<String, String> edit : edits.entrySet()) {
        if (!text.contains(edit.getKey())) {
          throw new IllegalArgumentException("the script does not say: " + edit.getKey());
        }
        text = text.replace(edit.getKey(), edit.getValue());
      }
      Files.writeString(script, text);
      Shell.must("chmod", "700", script.toString());
      List<String> line = new ArrayList<>(prefix);
      line.addAll(List.of("sh", "-c", script.toString()));
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Shell.must("rm", "-rf", agent.toString());
  }
}
