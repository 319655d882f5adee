package dev.freezeframe.operator.doctor.check.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.consistency.ssm.DocumentContract;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.policy.Stage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether a policy's document is there, keeps the contract and has a step for its guests. */
public final class DocumentCheck {
  /** Docs of Systems Manager: a document has at most 64 KB. */
  private static final int MAX_BYTES = 64 * 1024;

  private DocumentCheck() {}

  /**
   * A document, as Systems Manager holds its default version.
   *
   * @param status such as {@code Active}
   * @param hash as Systems Manager states it
   * @param bytes of its content
   * @param content parsed; empty: it is neither JSON nor YAML
   */
  public record Document(
      String version,
      String type,
      String status,
      String hash,
      int bytes,
      Optional<JsonNode> content) {}

  /**
   * Decides.
   *
   * @param asked empty: there is no such document
   * @param platforms of the guests that are to run it
   * @param deployed documents of the stack; empty: there is no stack yet
   */
  public static Finding of(
      Policy policy,
      String name,
      Asked<Optional<Document>> asked,
      Set<String> platforms,
      Optional<Set<String>> deployed) {
    String check = "document " + policy.name();
    if (asked.value().isEmpty()) {
      return Finding.unanswered(check, asked);
    }
    if (asked.value().get().isEmpty()) {
      return missing(check, name, deployed);
    }
    Document document = asked.value().get().get();
    Troubles troubles = new Troubles(check);
    judge(name, document, platforms, stages(policy), troubles);
    return troubles.orElse(
        "%s version %s keeps the contract; %,d bytes, SHA-256 %.12s..."
            .formatted(name, document.version(), document.bytes(), document.hash()));
  }

  private static Set<Stage> stages(Policy policy) {
    return policy.scripts().map(Scripts::stages).orElse(Set.of());
  }

  private static Finding missing(String check, String name, Optional<Set<String>> deployed) {
    if (deployed.isEmpty() && name.startsWith("freezeframe-")) {
      return Finding.warn(check, "%s is not there yet".formatted(name), "npx cdk deploy brings it");
    }
    Set<String> known = new TreeSet<>(deployed.orElse(Set.of()));
    return Finding.fail(
        check,
        "there is no document %s: every set is crash-consistent, or skipped".formatted(name),
        known.isEmpty()
            ? "make it in Systems Manager, or name another in the policy"
            : "name one that is there; the stack has " + String.join(", ", known));
  }

  private static void judge(
      String name, Document document, Set<String> platforms, Set<Stage> stages, Troubles troubles) {
    String fix = "fix the document; docs/ssm-documents.md has the contract";
    if (!document.type().equals("Command")) {
      troubles.fail("%s is of type %s, expected Command".formatted(name, document.type()), fix);
    }
    if (!document.status().equals("Active")) {
      troubles.fail("%s is %s, expected Active".formatted(name, document.status()), fix);
    }
    if (document.hash().isEmpty()) {
      troubles.fail("Systems Manager states no hash of %s".formatted(name), fix);
    }
    if (document.bytes() > MAX_BYTES) {
      troubles.fail(
          "%s has %,d bytes, expected at most %,d".formatted(name, document.bytes(), MAX_BYTES),
          fix);
    }
    if (document.content().isEmpty()) {
      troubles.fail("%s is neither JSON nor YAML".formatted(name), fix);
      return;
    }
    List<String> breaches = DocumentContract.breaches(document.content().get());
    if (!breaches.isEmpty()) {
      troubles.fail("%s breaks the contract: %s".formatted(name, String.join("; ", breaches)), fix);
    }
    for (String platform : new TreeSet<>(platforms)) {
      for (Stage stage : stages) {
        Script script = stage == Stage.PRE ? Script.PRE_SCRIPT : Script.POST_SCRIPT;
        if (!DocumentContract.runs(document.content().get(), platform, script)) {
          troubles.warn(
              "%s has no step that runs on %s with command=%s"
                  .formatted(name, platform, script.parameter()),
              "give instances of that platform a policy of their own");
        }
      }
    }
  }
}
