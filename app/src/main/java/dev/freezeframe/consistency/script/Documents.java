package dev.freezeframe.consistency.script;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds documents and says whether their scripts can be run. */
@FunctionalInterface
public interface Documents {

  /**
   * Inspects a document.
   *
   * @param name name or ARN
   * @param platform of the guest that is to run it
   * @param scripts that it is to run there
   */
  Inspected inspect(String name, String platform, Set<Script> scripts);

  /**
   * The result of an inspection.
   *
   * @param pin empty: the document can't be used
   * @param words why it can or can't
   * @param leftOut the steps that the guest's agent leaves out, though the document does not say
   *     that they are for another platform
   */
  record Inspected(Optional<DocumentVersion> pin, String words, List<String> leftOut) {

    public Inspected {
      leftOut = List.copyOf(leftOut);
    }

    public static Inspected unusable(String words) {
      return new Inspected(Optional.empty(), words, List.of());
    }
  }
}
