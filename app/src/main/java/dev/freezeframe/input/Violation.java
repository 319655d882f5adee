package dev.freezeframe.input;

/**
 * One thing that is wrong with a file.
 *
 * @param file as the reader was given it; empty: the value comes from no file
 * @param field such as {@code scripts.timeout} or {@code targets[0]}, which counts from 0; {@code
 *     the file} where the fault is no field's
 * @param found what stands there
 * @param expected what may stand there
 */
public record Violation(String file, String field, String found, String expected) {

  public String sentence() {
    String place = file.isEmpty() ? field : file + ": " + field;
    return "%s is %s, expected %s".formatted(place, found, expected);
  }
}
