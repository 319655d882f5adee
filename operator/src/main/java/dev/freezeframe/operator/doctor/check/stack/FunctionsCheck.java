package dev.freezeframe.operator.doctor.check.stack;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import dev.freezeframe.operator.doctor.check.stack.DeployedStack.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether the aliases lead to versions that Lambda can start, and that were deployed. */
public final class FunctionsCheck {
  private static final String CHECK = "functions";
  private static final String RUNTIME = "runtime";
  private static final String DEPLOY = "npx cdk deploy";

  /** Lambda's word for what the functions are written in. */
  public static final String LANGUAGE = "java25";

  public static final String ARCHITECTURE = "arm64";

  private FunctionsCheck() {}

  /**
   * A version of a function, as an alias leads to it.
   *
   * @param state {@code Active}, {@code Inactive}, {@code Pending} or {@code Failed}
   * @param snapStart whether SnapStart is on for it
   */
  public record Version(
      String function,
      String version,
      String state,
      String runtime,
      String architecture,
      boolean snapStart) {}

  /**
   * Before a deployment; after it the functions themselves are the answer.
   *
   * @param refusal why Lambda has no functions of the kind in the Region; empty: it knows the words
   */
  public static Finding runtimeBeforeDeployment(Asked<Optional<String>> refusal) {
    if (refusal.value().isEmpty()) {
      return Finding.unanswered(RUNTIME, refusal);
    }
    String kind = "%s on %s".formatted(LANGUAGE, ARCHITECTURE);
    return refusal
        .value()
        .get()
        .map(
            words ->
                Finding.fail(
                    RUNTIME,
                    "Lambda has no %s here: %s".formatted(kind, words),
                    "deploy to a Region that has it; the Lambda guide lists them"))
        .orElseGet(
            () ->
                Finding.pass(
                    RUNTIME,
                    "Lambda knows %s here; whether SnapStart is there too shows in a deployment"
                        .formatted(kind)));
  }

  /** What functions run on: Lambda has it if one of them does. */
  public static Finding runtime(Map<Resource, Asked<Optional<Version>>> aliases) {
    Troubles troubles = new Troubles(RUNTIME);
    String words = "";
    for (Asked<Optional<Version>> asked : aliases.values()) {
      Optional<Version> version = troubles.answer(asked).flatMap(found -> found);
      if (version.isPresent()) {
        String runs = "%s on %s".formatted(version.get().runtime(), version.get().architecture());
        words = "Lambda runs %s here".formatted(runs);
        String expected = "%s on %s".formatted(LANGUAGE, ARCHITECTURE);
        if (!runs.equals(expected)) {
          troubles.fail(
              "%s runs %s, expected %s".formatted(version.get().function(), runs, expected),
              DEPLOY);
        }
      }
    }
    return words.isEmpty() && aliases.values().stream().allMatch(asked -> asked.value().isPresent())
        ? Finding.fail(RUNTIME, "the stack has no function that is there", DEPLOY)
        : troubles.orElse(words);
  }

  /**
   * Decides on each.
   *
   * @param aliases of the stack, and the version that each leads to; empty: there is no such alias
   * @param deployed the ids of the versions of the stack
   */
  public static Finding of(Map<Resource, Asked<Optional<Version>>> aliases, Set<String> deployed) {
    Troubles troubles = new Troubles(CHECK);
    aliases.forEach(
        (alias, asked) ->
            troubles
                .answer(asked)
                .ifPresent(
                    version ->
                        version.ifPresentOrElse(
                            found -> judge(found, deployed, troubles),
                            () ->
                                troubles.fail(
                                    "%s is gone".formatted(alias.physicalId()), DEPLOY))));
    return troubles.orElse(
        "%s lead to deployed versions that can start"
            .formatted(Troubles.count(aliases.size(), "alias").replace("aliass", "aliases")));
  }

  private static void judge(Version version, Set<String> deployed, Troubles troubles) {
    String function = version.function();
    if (deployed.stream()
        .noneMatch(arn -> arn.endsWith(":function:%s:%s".formatted(function, version.version())))) {
      troubles.fail(
          "the alias of %s leads to version %s, which was not deployed by the stack"
              .formatted(function, version.version()),
          "point it back, or deploy again");
    }
    switch (version.state()) {
      case "Active" -> {
        if (!version.snapStart()) {
          troubles.warn(
              "SnapStart is off for %s: each start takes seconds".formatted(function), DEPLOY);
        }
      }
      case "Inactive" ->
          troubles.warn(
              "%s is inactive: it was not invoked for 14 days, and refuses until it is ready again"
                  .formatted(function),
              "invoke its alias live with {\"wake\": true}, and wait some minutes");
      case "Pending" ->
          troubles.warn("%s is being made ready".formatted(function), "run it again in a minute");
      default ->
          troubles.fail(
              "%s is %s: it cannot start".formatted(function, version.state()),
              "read why in the Lambda console, and deploy again");
    }
  }
}
