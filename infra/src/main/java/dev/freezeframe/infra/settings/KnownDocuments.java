package dev.freezeframe.infra.settings;

import dev.freezeframe.input.DidYouMean;
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
 * @param deployed names of the project's own
 * @param others names and ARNs of the setting
 */
public record KnownDocuments(Set<String> deployed, Set<String> others) {
  /** Those of AWS that keep the contract of Data Lifecycle Manager. */
  private static final Set<String> OF_AWS =
      Set.of("AWSEC2-CreateVssSnapshot", "AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA");

  public KnownDocuments(Collection<String> deployed, Collection<String> others) {
    this(Set.copyOf(deployed), Set.copyOf(others));
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
    known.addAll(OF_AWS);
    SortedMap<String, String> nearly = new TreeMap<>();
    others.forEach(
        name -> DidYouMean.mistakenFor(name, known).ifPresent(meant -> nearly.put(name, meant)));
    return nearly;
  }

  /**
   * A policy, if its document is known.
   *
   * @param file in which it stands
   * @throws IllegalArgumentException if not, with the nearest name that is
   */
  public Policy checked(String file, Policy policy) {
    policy
        .scripts()
        .map(Scripts::document)
        .flatMap(this::fault)
        .ifPresent(
            expected -> {
              throw new IllegalArgumentException(
                  "%s: scripts.document is '%s', expected %s"
                      .formatted(file, policy.scripts().orElseThrow().document(), expected));
            });
    return policy;
  }

  /** What was expected; empty: nothing is wrong. */
  private Optional<String> fault(String document) {
    if (all().contains(document)) {
      return Optional.empty();
    }
    Optional<String> nearest = DidYouMean.to(document, all());
    if (isOfAws(document)) {
      return nearest;
    }
    return Optional.of(
        "%s; one of your own is named in %s as well"
            .formatted(
                nearest.orElseGet(() -> "one of " + String.join(", ", new TreeSet<>(deployed))),
                Setting.DOCUMENTS.key()));
  }
}
