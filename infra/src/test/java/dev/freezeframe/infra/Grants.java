package dev.freezeframe.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the roles of the template may do, statement by statement. */
final class Grants {
  /**
   * One action on one resource.
   *
   * @param role logical id
   * @param conditions as JSON, empty: none
   */
  record Grant(String role, String action, String resource, String conditions) {}

  private Grants() {}

  static List<Grant> all() {
    return all(Synthesized.flattened());
  }

  /** Those of roles' own policies, and of managed ones. */
  static List<Grant> all(JsonNode template) {
    List<Grant> grants = new ArrayList<>();
    for (String type : List.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")) {
      for (Resource policy : Synthesized.resources(template, type).values()) {
        for (String role : Resource.texts(policy.property("/Roles"))) {
          policy
              .property("/PolicyDocument/Statement")
              .forEach(statement -> add(grants, role, statement));
        }
      }
    }
    return grants;
  }

  /** The actions of a task's role that its own code needs; what Lambda does for it is left out. */
  static Set<String> ofTask(String task) {
    Set<String> actions = new TreeSet<>();
    for (Grant grant : all()) {
      if (grant.role().startsWith("<Tasks" + task + "Role")
          && !grant.action().matches("(logs|xray|sqs|kms):.*")) {
        actions.add(grant.action());
      }
    }
    return actions;
  }

  private static void add(List<Grant> grants, String role, JsonNode statement) {
    for (String action : Resource.texts(statement.path("Action"))) {
      for (String resource : Resource.texts(statement.path("Resource"))) {
        String conditions = statement.has("Condition") ? statement.get("Condition").toString() : "";
        grants.add(new Grant(role, action, resource, conditions));
      }
    }
  }
}
