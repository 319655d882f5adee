package dev.freezeframe.consistency;

import java.util.List;
import java.util.Optional;

/** Finds documents and says whether their scripts can be run. */
public interface Documents {

  /**
   * Inspects a document.
   *
   * @param name name or ARN
   * @param platform of the guest that is to run it
   */
  Inspected inspect(String name, String platform);

  /**
   * The pin as Systems Manager states it, for a version whose content it renders in another form
   * than the one it hashed. Versions never change, so this is the same document.
   */
  DocumentPin confirm(DocumentPin pin);

  /**
   * What an inspection found.
   *
   * @param pin empty: the document can't be used
   * @param words why it can or can't
   * @param leftOut the steps that the guest's agent leaves out, though the document does not say
   *     that they are for another platform
   */
  record Inspected(Optional<DocumentPin> pin, String words, List<String> leftOut) {

    public Inspected {
      leftOut = List.copyOf(leftOut);
    }

    static Inspected unusable(String words) {
      return new Inspected(Optional.empty(), words, List.of());
    }
  }
}
