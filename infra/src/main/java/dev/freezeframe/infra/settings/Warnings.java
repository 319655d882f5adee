package dev.freezeframe.infra.settings;

import dev.freezeframe.infra.iam.TargetTags;
import software.amazon.awscdk.Annotations;
import software.constructs.Construct;

/** What is no fault, but ought to be known before it is deployed: said at each synth. */
public final class Warnings {
  private Warnings() {}

  public static void add(
      Construct where, Settings settings, KnownDocuments known, TargetTags tags) {
    if (settings.mailTo().isEmpty()) {
      warn(
          where,
          Setting.MAIL_TO.key(),
          "is empty: nobody is told of alarms, such as a guest that may be frozen, unless somebody"
              + " subscribes to the topic of the stack");
    }
    known
        .nearlyKnown()
        .forEach(
            (name, meant) ->
                warn(
                    where,
                    Setting.DOCUMENTS.key(),
                    "names '%s', which is nearly '%s': if that is meant, take it out of the setting and"
                            .formatted(name, meant)
                        + " correct the policies; if it is a document of your own, nothing is wrong"));
    if (tags.breadth() != TargetTags.Breadth.TAGS) {
      String allowed =
          tags.breadth() == TargetTags.Breadth.KEYS
              ? "every instance that has one of these keys"
              : "every instance of the account";
      warn(
          where,
          "freezeframe:targetTags",
          "of all policies have %d keys, more than roles have room for: these allow %s, and the code"
                  .formatted(tags.keys(), allowed)
              + " alone looks at the tags; policies that share keys need less room");
    }
  }

  private static void warn(Construct where, String id, String message) {
    Annotations.of(where).addWarningV2(id, id + " " + message);
  }
}
