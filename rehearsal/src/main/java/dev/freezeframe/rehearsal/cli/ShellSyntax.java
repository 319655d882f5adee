package dev.freezeframe.rehearsal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.rehearsal.document.StepPlugin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Whether bash could parse the shell scripts of a document: {@code bash -n}, which runs none of
 * their commands. Where there is no bash, and of scripts of other languages, nothing is said.
 */
final class ShellSyntax {
  private static final int MAX_SECONDS = 20;

  /** What a script names in its first line, if anything; the agent runs the others with sh. */
  private static final Pattern SHELL = Pattern.compile("#!.*\\b(bash|sh|dash)\\b.*");

  /** What Systems Manager puts a parameter in the place of. */
  private static final Pattern PARAMETER = Pattern.compile("\\{\\{ *([\\w.:-]+) *}}");

  private static final Pattern PLAIN = Pattern.compile("[\\w./-]+");

  private ShellSyntax() {}

  /** Returns what is wrong with the first script that cannot be parsed, in which step and line. */
  static Optional<String> error(JsonNode document) {
    for (JsonNode step : document.path("mainSteps")) {
      if (step.path("action").asText().equals(StepPlugin.RUN_SHELL_SCRIPT.action())) {
        Optional<String> error = errorOf(script(step, document.path("parameters")));
        if (error.isPresent()) {
          return error.map(
              words ->
                  "the script of step %s has a syntax error: %s"
                      .formatted(LogSafe.of(step.path("name").asText(), 60), words));
        }
      }
    }
    return Optional.empty();
  }

  private static String script(JsonNode step, JsonNode parameters) {
    JsonNode commands = step.path("inputs").path("runCommand");
    List<String> lines = new ArrayList<>();
    commands.forEach(line -> lines.add(line.asText()));
    String text = commands.isTextual() ? commands.asText() : String.join("\n", lines);
    return PARAMETER.matcher(text).replaceAll(named -> value(named, parameters));
  }

  /** A word that the parameter could have, and that means nothing to a shell. */
  private static String value(MatchResult named, JsonNode parameters) {
    String usual = parameters.path(named.group(1)).path("default").asText("");
    return PLAIN.matcher(usual).matches() ? usual : "value";
  }

  private static Optional<String> errorOf(String script) {
    String first = script.lines().findFirst().orElse("");
    if (first.startsWith("#!") && !SHELL.matcher(first).matches()) {
      return Optional.empty();
    }
    // A pattern of shopt -s extglob is one to bash only once that has run, which -n does not do.
    ProcessBuilder bash =
        script.contains("extglob")
            ? new ProcessBuilder("bash", "-O", "extglob", "-n")
            : new ProcessBuilder("bash", "-n");
    bash.environment().keySet().removeIf(name -> name.matches("BASH.*|SHELLOPTS|ENV"));
    bash.environment().put("LC_ALL", "C.UTF-8");
    try {
      Process process = bash.redirectErrorStream(true).start();
      try (var in = process.getOutputStream()) {
        in.write((script + "\n").getBytes(UTF_8));
      } catch (IOException hasReadEnough) {
        // It says why.
      }
      String words = new String(process.getInputStream().readAllBytes(), UTF_8);
      boolean ended = process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      return ended && process.exitValue() != 0 ? Optional.of(sentence(words)) : Optional.empty();
    } catch (IOException noBash) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The first of its lines, such as {@code bash: line 3: syntax error near unexpected token}. */
  private static String sentence(String words) {
    String first = words.lines().findFirst().orElse("it says nothing more");
    return LogSafe.of(first.replaceFirst("^\\S*bash: ", ""), 200);
  }
}
