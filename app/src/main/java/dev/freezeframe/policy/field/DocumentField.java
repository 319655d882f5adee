package dev.freezeframe.policy.field;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the name or the ARN of an SSM document, in the form that SendCommand takes. */
public final class DocumentField implements Field<String> {
  public static final String EXPECTED =
      "the name or ARN of an SSM document: 3..128 letters, digits and any of _ - . : /";
  private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_\\-.:/]{3,128}");

  /** Whether a text has that form. */
  public static boolean fits(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public Optional<String> read(Entry entry) {
    return entry.text().filter(DocumentField::fits).or(() -> entry.refuse(EXPECTED));
  }
}
