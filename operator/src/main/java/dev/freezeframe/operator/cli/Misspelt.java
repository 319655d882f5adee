package dev.freezeframe.operator.cli;

import dev.freezeframe.input.DidYouMean;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what a word of a command line that is not known was probably meant to be. */
final class Misspelt {
  private Misspelt() {}

  /** The sentence for what picocli refused: its own, unless a word is not known. */
  static String explain(ParameterException wrong) {
    if (!(wrong instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return wrong.getMessage();
    }
    CommandLine line = wrong.getCommandLine();
    String word = unmatched.getUnmatched().get(0);
    return word.startsWith("-") ? option(line, word) : command(line, word);
  }

  private static String option(CommandLine line, String word) {
    String name = word.replaceFirst("=.*", "");
    List<String> options =
        line.getCommandSpec().options().stream().map(o -> o.longestName()).toList();
    return "%s is no option of %s, expected %s"
        .formatted(
            name,
            line.getCommandSpec().qualifiedName(),
            DidYouMean.to(name, options).orElseGet(() -> anyOf(options)));
  }

  private static String command(CommandLine line, String word) {
    Collection<String> commands = line.getSubcommands().keySet();
    Optional<String> nearest = DidYouMean.to(word, commands);
    if (nearest.isPresent()) {
      return "%s is no command of %s, expected %s"
          .formatted(word, line.getCommandSpec().qualifiedName(), nearest.get());
    }
    List<String> options =
        line.getCommandSpec().options().stream()
            .filter(option -> option.arity().max() > 0)
            .map(option -> option.longestName() + " " + option.paramLabel())
            .toList();
    return "%s stands without an option, expected %s%s"
        .formatted(
            word,
            commands.isEmpty() ? "" : "a command (" + String.join(", ", commands) + ") or ",
            anyOf(options));
  }

  private static String anyOf(List<String> words) {
    return words.isEmpty() ? "nothing more" : "one of " + String.join(", ", words);
  }
}
