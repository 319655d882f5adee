package dev.freezeframe.operator.doctor.check.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.English;
import dev.freezeframe.consistency.ssm.SsmDocuments;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import dev.freezeframe.operator.doctor.check.fleet.DocumentCheck.Document;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether what the drills of a policy launch and run is there. */
public final class DrillCheck {
  private static final String PARAMETER = "resolve:ssm:";

  private DrillCheck() {}

  /**
   * What AWS says.
   *
   * @param document empty: Systems Manager knows none of that name
   * @param offerings of the instance type, if the policy names one
   * @param subnets those of the policy that EC2 shows
   * @param groups those of the policy that EC2 shows, with their VPC
   * @param parameter the value of the parameter that names the image, if one does; empty: there is
   *     none
   * @param images the state of the image, if EC2 shows it
   */
  public record Answers(
      Asked<Optional<Document>> document,
      Asked<Set<Offering>> offerings,
      Asked<Map<String, Place>> subnets,
      Asked<Map<String, String>> groups,
      Asked<Optional<String>> parameter,
      Asked<Map<String, String>> images) {}

  /** Where a subnet is. */
  public record Place(String vpc, String zone) {}

  /** The parameter that names the image of a drill; empty: none does. */
  public static Optional<String> parameter(Drill drill) {
    return drill
        .host()
        .image()
        .filter(image -> image.startsWith(PARAMETER))
        .map(image -> image.substring(PARAMETER.length()));
  }

  /** The image itself, if the policy names it. */
  public static Optional<String> image(Drill drill) {
    return drill.host().image().filter(image -> !image.startsWith(PARAMETER));
  }

  /**
   * Decides.
   *
   * @param deployed whether there is a stack, which brings the project's documents
   */
  public static Finding of(Policy policy, Drill drill, Answers answers, boolean deployed) {
    String check = "drills " + policy.name();
    if (drill.level() == Drill.Level.L0) {
      return Finding.pass(check, "level L0 launches nothing");
    }
    Troubles troubles = new Troubles(check);
    troubles
        .answer(answers.document())
        .ifPresent(found -> document(drill.document(), found, deployed, troubles));
    network(drill, answers, troubles);
    drill
        .host()
        .instanceType()
        .ifPresent(
            type ->
                troubles
                    .answer(answers.offerings())
                    .ifPresent(offered -> type(type, offered, answers, troubles)));
    image(drill, answers, troubles);
    return troubles.orElse(
        "%s is there%s"
            .formatted(
                drill.document(),
                drill.host().equals(NOTHING)
                    ? ""
                    : ", and all that its instances are launched of"));
  }

  private static final Drill.Host NOTHING =
      new Drill.Host(Optional.empty(), Optional.empty(), List.of(), List.of());

  private static void document(
      String name, Optional<Document> found, boolean deployed, Troubles troubles) {
    if (found.isEmpty()) {
      if (!deployed && name.startsWith("freezeframe-")) {
        troubles.warn("%s is not there yet".formatted(name), "npx cdk deploy brings it");
      } else {
        troubles.fail(
            "there is no document %s: no set is drilled".formatted(name),
            "make it in Systems Manager, or name another in drill.document");
      }
      return;
    }
    String fix = "fix the document; docs/drills.md has what it needs";
    Document document = found.get();
    if (!document.type().equals("Command")) {
      troubles.fail("%s is of type %s, expected Command".formatted(name, document.type()), fix);
    }
    if (!document.status().equals("Active")) {
      troubles.fail("%s is %s, expected Active".formatted(name, document.status()), fix);
    }
    if (document.content().isEmpty()) {
      troubles.fail("%s is neither JSON nor YAML".formatted(name), fix);
      return;
    }
    JsonNode parameters = document.content().get().path("parameters");
    List<String> missing =
        SsmDocuments.DRILL_PARAMETERS.stream().filter(one -> !parameters.has(one)).toList();
    if (!missing.isEmpty()) {
      troubles.fail("%s has no parameter %s".formatted(name, English.or(missing)), fix);
    }
  }

  private static void network(Drill drill, Answers answers, Troubles troubles) {
    if (drill.host().subnets().isEmpty()) {
      return;
    }
    Optional<Map<String, Place>> subnets = troubles.answer(answers.subnets());
    Optional<Map<String, String>> groups = troubles.answer(answers.groups());
    subnets.ifPresent(
        found -> gone(drill.host().subnets(), found.keySet(), "subnet", "drill.subnets", troubles));
    groups.ifPresent(
        found ->
            gone(
                drill.host().securityGroups(),
                found.keySet(),
                "security group",
                "drill.securityGroups",
                troubles));
    if (subnets.isEmpty() || groups.isEmpty()) {
      return;
    }
    subnets
        .get()
        .forEach(
            (subnet, place) ->
                groups
                    .get()
                    .forEach(
                        (group, vpc) -> {
                          if (!place.vpc().equals(vpc)) {
                            troubles.fail(
                                "%s is in %s and %s in %s, expected one VPC"
                                    .formatted(subnet, place.vpc(), group, vpc),
                                "correct drill.subnets or drill.securityGroups");
                          }
                        }));
  }

  private static void gone(
      List<String> named, Set<String> found, String what, String field, Troubles troubles) {
    named.stream()
        .filter(id -> !found.contains(id))
        .forEach(
            id ->
                troubles.fail(
                    "there is no %s %s: no set is drilled".formatted(what, id),
                    "correct " + field));
  }

  private static void type(String type, Set<Offering> offered, Answers answers, Troubles troubles) {
    if (offered.stream().noneMatch(one -> one.type().equals(type))) {
      troubles.fail(
          "no Availability Zone of the Region offers %s: no set is drilled".formatted(type),
          "name another in drill.instanceType");
      return;
    }
    answers
        .subnets()
        .value()
        .orElse(Map.of())
        .forEach(
            (subnet, place) -> {
              if (!offered.contains(new Offering(type, place.zone()))) {
                troubles.warn(
                    "%s, the zone of %s, does not offer %s".formatted(place.zone(), subnet, type),
                    "name another in drill.instanceType or drill.subnets");
              }
            });
  }

  private static void image(Drill drill, Answers answers, Troubles troubles) {
    if (drill.host().image().isEmpty()) {
      return;
    }
    Optional<String> named = parameter(drill);
    Optional<String> image = image(drill);
    if (named.isPresent()) {
      Optional<Optional<String>> value = troubles.answer(answers.parameter());
      if (value.isEmpty()) {
        return;
      }
      if (value.get().isEmpty()) {
        troubles.fail(
            "there is no parameter %s: no set is drilled".formatted(named.get()),
            "make it, or correct drill.image");
        return;
      }
      image = value.get();
    }
    String id = image.orElseThrow();
    troubles
        .answer(answers.images())
        .ifPresent(
            states -> {
              String state = states.getOrDefault(id, "gone, or not shared with the account");
              if (!state.equals("available")) {
                troubles.fail(
                    "the image %s is %s, expected available".formatted(id, state),
                    "correct drill.image");
              }
            });
  }
}
