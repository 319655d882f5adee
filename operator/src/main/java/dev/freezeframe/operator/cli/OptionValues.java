package dev.freezeframe.operator.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options, and says in our own terms what is wrong with one. */
final class OptionValues {
  private OptionValues() {}

  /** Has a command and its subcommands read their values so. */
  static void register(CommandLine line) {
    line.registerConverter(Path.class, OptionValues::path);
    line.registerConverter(Integer.class, OptionValues::integer);
    line.registerConverter(int.class, OptionValues::integer);
    line.registerConverter(Long.class, OptionValues::wholeNumber);
    line.registerConverter(long.class, OptionValues::wholeNumber);
  }

  /** A shell makes nothing of a variable that is not set, and nothing is the folder one is in. */
  private static Path path(String value) {
    if (value.isBlank()) {
      throw new TypeConversionException("it is empty, expected a file or a folder");
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException wrong) {
      throw new TypeConversionException("it is no name that a file can have");
    }
  }

  private static Integer integer(String value) {
    long number = wholeNumber(value);
    if (number != (int) number) {
      throw new TypeConversionException(
          "it is %s, expected %d at most".formatted(value, Integer.MAX_VALUE));
    }
    return (int) number;
  }

  private static Long wholeNumber(String value) {
    try {
      return Long.valueOf(value);
    } catch (NumberFormatException wrong) {
      throw new TypeConversionException(
          "it is '%s', expected a whole number of 18 digits at most".formatted(value));
    }
  }
}
