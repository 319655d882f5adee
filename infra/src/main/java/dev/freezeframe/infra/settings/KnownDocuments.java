package dev.freezeframe.infra.settings;

import dev.freezeframe.input.DidYouMean;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Scripts;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The documents that policies may name: what is deployed with the stack, what AWS owns, and what
 * the setting names. A name that is not one of these is most likely misspelt, and would make every
 * set crash-consistent.
 *
 * @param deployed names of the project's own that scripts may name
 * @param drills names of the project's own that drills may name
 * @param others names and ARNs of the setting
 */
public record KnownDocuments(Set<String> deployed, Set<String> drills, Set<String> others) {
  /** Those of AWS that keep the contract of Data Lifecycle Manager. */
  private static final Set<String> OF_AWS =
      Set.of("AWSEC2-CreateVssSnapshot", "AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA");

  public KnownDocuments(
      Collection<String> deployed, Collection<String> drills, Collection<String> others) {
    this(Set.copyOf(deployed), Set.copyOf(drills), Set.copyOf(others));
  }

  /** Whether AWS reserves a name for itself; its documents belong to no account. */
  public static boolean isOfAws(String name) {
    return name.matches("(?i)(aws|amazon).*");
  }

  /**
   * What a thaw may be sent with whatever policies there are: a policy that is gone may have frozen
   * a guest a moment ago.
   */
  public Set<String> all() {
    Set<String> all = new TreeSet<>(deployed);
    all.addAll(OF_AWS);
    all.addAll(others);
    return all;
  }

  /**
   * The names of the setting that nearly are a document of the stack or of AWS, each with that one.
   * If such a name is misspelt in a policy too, nothing else says so before its first backup.
   */
  public SortedMap<String, String> nearlyKnown() {
    Set<String> known = new TreeSet<>(deployed);
    known.addAll(drills);
    known.addAll(OF_AWS);
    SortedMap<String, String> nearly = new TreeMap<>();
    others.forEach(
        name -> DidYouMean.mistakenFor(name, known).ifPresent(meant -> nearly.put(name, meant)));
    return nearly;
  }

  /**
   * A policy, if its documents are known.
   *
   * @param file in which it stands
   * @throws IllegalArgumentException if one is not, with the nearest name that is
   */
  public Policy checked(String file, Policy policy) {
    policy
        .scripts()
        .map(Scripts::document)
        .ifPresent(document -> check(file, "scripts.document", document, scriptFault(document)));
    policy
        .drill()
        .map(Drill::document)
        .ifPresent(document -> check(file, "drill.document", document, drillFault(document)));
    return policy;
  }

  private static void check(String file, String field, String document, Optional<String> fault) {
    fault.ifPresent(
        expected -> {
          throw new IllegalArgumentException(
              "%s: %s is '%s', expected %s".formatted(file, field, document, expected));
        });
  }

  /** What was expected; empty: nothing is wrong. */
  private Optional<String> scriptFault(String document) {
    if (all().contains(document)) {
      return Optional.empty();
    }
    if (isOfAws(document)) {
      return DidYouMean.to(document, all());
    }
    return Optional.of(expected(document, all(), deployed));
  }

  /** Likewise; AWS has no document that keeps the contract of drills. */
  private Optional<String> drillFault(String document) {
    Set<String> known = new TreeSet<>(drills);
    known.addAll(others);
    return known.contains(document)
        ? Optional.empty()
        : Optional.of(expected(document, known, drills));
  }

  private static String expected(String document, Set<String> known, Set<String> own) {
    return "%s; one of your own is named in %s as well"
        .formatted(
            DidYouMean.to(document, known)
                .orElseGet(() -> "one of " + String.join(", ", new TreeSet<>(own))),
            Setting.DOCUMENTS.key());
  }
}
