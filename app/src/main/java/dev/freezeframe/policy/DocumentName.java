package dev.freezeframe.policy;

import dev.freezeframe.input.Entry;
import dev.freezeframe.input.FieldType;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name or the ARN of an SSM document, in the form that SendCommand takes. */
public record DocumentName() implements FieldType<String> {
  public static final String EXPECTED =
      "the name or ARN of an SSM document: 3..128 letters, digits and any of _ - . : /";
  private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_\\-.:/]{3,128}");

  /** Whether a text has that form. */
  public static boolean fits(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public Optional<String> read(Entry entry) {
    return entry.text().filter(DocumentName::fits).or(() -> entry.refuse(EXPECTED));
  }

  @Override
  public Optional<String> findFault(String value) {
    return fits(value) ? Optional.empty() : Optional.of(EXPECTED);
  }

  @Override
  public String expected() {
    return EXPECTED;
  }
}
