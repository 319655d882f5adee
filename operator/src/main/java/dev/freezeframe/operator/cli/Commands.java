package dev.freezeframe.operator.cli;

import picocli.CommandLine;

/** How every command of the project answers: one sentence for what cannot be used, and a status. */
public final class Commands {
  /** Exit status: an option or a file cannot be used, and nothing was written. */
  public static final int BAD_INPUT = 2;

  /** Exit status, neither a failure nor bad input: sysexits' EX_SOFTWARE. */
  public static final int DEFECT = 70;

  private Commands() {}

  /**
   * Has a command and its subcommands answer that way.
   *
   * @param line of a command that is named {@code ./NAME}, with all its subcommands
   */
  public static CommandLine prepare(CommandLine line) {
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
                              Sentence.of(wrong.getMessage()),
                              wrong.getCommandLine().getCommandSpec().qualifiedName()));
              return BAD_INPUT;
            })
        .setExecutionExceptionHandler(
            (failed, failing, given) -> {
              if (failed instanceof BadInputException bad) {
                bad.sentences()
                    .forEach(sentence -> failing.getErr().println(Sentence.of(sentence)));
                return BAD_INPUT;
              }
              failing.getErr().println("%s: a defect of the program itself:".formatted(name));
              failed.printStackTrace(failing.getErr());
              return DEFECT;
            });
  }
}
