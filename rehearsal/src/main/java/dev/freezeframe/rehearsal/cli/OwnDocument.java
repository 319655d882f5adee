package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.consistency.ssm.DocumentContract;
import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.rehearsal.document.DocumentText;
import dev.freezeframe.rehearsal.ssm.document.DocumentBehaviour;
import java.util.Map;
import java.util.Optional;

/** The document of a policy, where a deployment does not bring it along. */
record OwnDocument(String name, String content) {

  /**
   * Returns the document that a policy names; empty: it is one of ours, or the policy runs none.
   *
   * @param documents of the account, by name
   */
  static Optional<OwnDocument> of(Policy policy, Map<String, String> documents) {
    return policy
        .scripts()
        .map(Scripts::document)
        .map(DocumentsFolder::name)
        .filter(name -> documents.containsKey(name))
        .map(name -> new OwnDocument(name, documents.get(name)))
        .filter(own -> !own.content().equals(SsmDocument.allDeployed().get(own.name())));
  }

  /**
   * Says that none of its scripts was run, and what they were taken to hold.
   *
   * @param assumed whether it does not say that itself
   */
  String sentence(boolean assumed) {
    String holds =
        assumed
            ? "it does not say what they hold. Assumed: " + assumption()
            : "that they hold what it says is not shown";
    return "No script of the document %s is run in a rehearsal, and %s (docs/rehearsal.md, documents of your own)."
        .formatted(name, holds);
  }

  /** As the embedded Systems Manager takes a document that says nothing. */
  private String assumption() {
    if (!DocumentContract.stamps(content)) {
      return "every volume, until its post-script, without a timer";
    }
    return DocumentBehaviour.freezesFileSystems(DocumentText.parse(content))
        ? "every volume but the boot volume, until its post-script or its timer, as it prints our stamps"
        : "no volume, as the default of its mountPoints is none";
  }
}
