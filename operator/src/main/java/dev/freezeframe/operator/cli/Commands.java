package dev.freezeframe.operator.cli;

import dev.freezeframe.input.InvalidInputException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * How every command of the project answers: help that fits the terminal, one sentence for what
 * cannot be used, and a status.
 */
public final class Commands {
  /** Exit status: an option or a file cannot be used, and nothing was written. */
  public static final int BAD_INPUT = 2;

  /** Exit status, neither a failure nor bad input: sysexits' EX_SOFTWARE. */
  public static final int DEFECT = 70;

  private static final int MAX_HELP_WIDTH = 100;

  /** Picocli wraps to no less; for a narrower terminal it wraps nothing, and we do. */
  private static final int NARROWEST_HELP = 55;

  private static final int UNWRAPPED = 10_000;

  private Commands() {}

  /**
   * Runs a program, and says in one sentence if it failed because it was built anew meanwhile.
   *
   * @param name such as {@code rehearse}
   * @return its exit status
   */
  public static int run(String name, IntSupplier program) {
    return run(name, program, ClassPath.ofProgram(), System.err);
  }

  static int run(String name, IntSupplier program, ClassPath classPath, PrintStream err) {
    try {
      return program.getAsInt();
    } catch (LinkageError missing) {
      Optional<Path> changed = classPath.changed();
      if (changed.isEmpty()) {
        throw missing;
      }
      err.println(builtMeanwhile(name, changed.get()));
      return BAD_INPUT;
    }
  }

  private static String builtMeanwhile(String name, Path changed) {
    return "%s: %s was built anew while the program ran, expected no build of this clone meanwhile; start it again when Maven has ended"
        .formatted(name, changed);
  }

  /**
   * Has a command and its subcommands answer that way.
   *
   * @param line of a command that is named {@code ./NAME}, with all its subcommands
   */
  public static CommandLine prepare(CommandLine line) {
    return prepare(line, Terminal.ofLauncher());
  }

  /** The same, for a terminal that is known. */
  public static CommandLine prepare(CommandLine line, Terminal terminal) {
    addHelp(line);
    OptionValues.register(line);
    line.setUsageHelpWidth(helpWidth(terminal.columns()));
    boolean narrow = terminal.columns().orElse(MAX_HELP_WIDTH) < NARROWEST_HELP;
    if (narrow) {
      narrow(line, terminal.columns());
    }
    line.setColorScheme(Help.defaultColorScheme(terminal.colour() && !narrow ? Ansi.ON : Ansi.OFF));
    ClassPath classPath = ClassPath.ofProgram();
    String script = line.getCommandName();
    String name = script.substring(script.lastIndexOf('/') + 1);
    return line.setParameterExceptionHandler(
            (wrong, given) -> {
              wrong
                  .getCommandLine()
                  .getErr()
                  .println(
                      "%s: %s; see %s --help"
                          .formatted(
                              name,
                              Sentence.of(Misspelt.explain(wrong)),
                              wrong.getCommandLine().getCommandSpec().qualifiedName()));
              return BAD_INPUT;
            })
        .setExecutionExceptionHandler(
            (failed, failing, given) -> {
              List<String> refused = sentences(failed);
              if (!refused.isEmpty()) {
                refused.forEach(sentence -> failing.getErr().println(Sentence.of(sentence)));
                return BAD_INPUT;
              }
              Optional<Path> changed = classPath.changed();
              if (changed.isPresent()) {
                failing.getErr().println(builtMeanwhile(name, changed.get()));
                return BAD_INPUT;
              }
              failing.getErr().println("%s: a defect of the program itself:".formatted(name));
              failed.printStackTrace(failing.getErr());
              return DEFECT;
            });
  }

  /** What is wrong with the input, a sentence each; empty: something else failed. */
  private static List<String> sentences(Exception failed) {
    if (failed instanceof InvalidInputException invalid) {
      return invalid.sentences();
    }
    return failed instanceof BadInputException bad ? bad.sentences() : List.of();
  }

  private static void addHelp(CommandLine line) {
    line.getCommandSpec().addMixin("help", CommandSpec.forAnnotatedObject(new HelpOption()));
    line.getSubcommands().values().forEach(Commands::addHelp);
  }

  /**
   * Puts a list into a command's help, before its footer; before {@link #prepare}.
   *
   * @param key names the section
   */
  public static void addLegend(
      CommandLine line, String key, String heading, List<Legend.Entry> entries) {
    List<String> keys = new ArrayList<>(line.getHelpSectionKeys());
    keys.add(keys.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), key);
    line.setHelpSectionKeys(keys);
    line.getHelpSectionMap()
        .put(
            key,
            help ->
                "%n%s%n".formatted(heading)
                    + String.join(
                        System.lineSeparator(),
                        Legend.lines(help.commandSpec().usageMessage().width(), entries))
                    + System.lineSeparator());
  }

  private static void narrow(CommandLine line, OptionalInt columns) {
    line.getHelpSectionMap()
        .replaceAll((key, section) -> help -> narrow(section.render(help), columns));
    line.getSubcommands().values().forEach(subcommand -> narrow(subcommand, columns));
  }

  /** Every line goes on below, set in a little more than it was; columns are given up. */
  private static String narrow(String text, OptionalInt columns) {
    return text.lines()
        .flatMap(
            line -> {
              String words = line.stripLeading();
              String indent = line.substring(0, line.length() - words.length());
              return line.length() <= columns.getAsInt()
                  ? Stream.of(line)
                  : Paragraph.lines(columns, indent, indent + "  ", words.replaceAll(" {2,}", "  "))
                      .stream();
            })
        .map(line -> line + System.lineSeparator())
        .collect(Collectors.joining());
  }

  private static int helpWidth(OptionalInt columns) {
    int width = Math.min(MAX_HELP_WIDTH, columns.orElse(MAX_HELP_WIDTH));
    return width < NARROWEST_HELP ? UNWRAPPED : width;
  }
}
