package dev.freezeframe.rehearsal.cli;

import picocli.CommandLine;

/** Starts {@code ./rehearse}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new RehearseCommand())
        .setParameterExceptionHandler(
            (wrong, given) -> {
              wrong
                  .getCommandLine()
                  .getErr()
                  .println(
                      "rehearse: %s; see ./rehearse --help"
                          .formatted(Sentence.of(wrong.getMessage())));
              return RehearseCommand.BAD_INPUT;
            })
        .setExecutionExceptionHandler(
            (failed, command, given) -> {
              if (failed instanceof BadInputException bad) {
                bad.sentences()
                    .forEach(sentence -> command.getErr().println(Sentence.of(sentence)));
                return RehearseCommand.BAD_INPUT;
              }
              command.getErr().println("rehearse: a defect of the rehearsal itself:");
              failed.printStackTrace(command.getErr());
              return RehearseCommand.DEFECT;
            });
  }
}
