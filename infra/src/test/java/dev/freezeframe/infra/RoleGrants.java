package dev.freezeframe.infra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.instance.InstancePermission;
import dev.freezeframe.rehearsal.ssm.SendPermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Which documents the roles of a template may send to which instances, and which instances they may
 * stop and start, until another template is deployed.
 *
 * <p>A command needs the right to its document and the right to its instance, each with its
 * condition. A document that the template does not have carries no tags.
 */
final class RoleGrants {
  private static final String SEND = "ssm:SendCommand";
  private static final Set<String> ASKED = Set.of(SEND, "ec2:StopInstances", "ec2:StartInstances");

  private final Map<String, Map<String, String>> instanceTags = new TreeMap<>();
  private final Map<String, Map<String, String>> documentTags = new TreeMap<>();
  private List<Grants.Grant> grants;

  RoleGrants(JsonNode template, Fleet fleet) {
    fleet
        .instances()
        .forEach(
            instance -> {
              Map<String, String> tags = new TreeMap<>();
              for (Tag tag : instance.tags()) {
                tags.put(tag.key(), tag.value());
              }
              instanceTags.put(instance.instanceId(), tags);
            });
    deploy(template);
  }

  /** What is granted from now on. No deployment takes a document away here. */
  void deploy(JsonNode template) {
    grants = Grants.all(template).stream().filter(grant -> ASKED.contains(grant.action())).toList();
    Synthesized.resources(template, "AWS::SSM::Document")
        .values()
        .forEach(
            document -> {
              Map<String, String> tags = new TreeMap<>();
              document
                  .property("/Tags")
                  .forEach(tag -> tags.put(tag.get("Key").asText(), tag.get("Value").asText()));
              documentTags.put(document.property("/Name").asText(), tags);
            });
  }

  /**
   * What a role may send.
   *
   * @param role its logical id, as {@link Resource#text} has it
   */
  SendPermission sends(String role) {
    return (document, instance) ->
        allows(role, SEND, "document/" + document, documentTags.getOrDefault(document, Map.of()))
            && allows(role, SEND, "instance/" + instance, instanceTags.get(instance));
  }

  /**
   * What a role may stop and start.
   *
   * @param role its logical id, as {@link Resource#text} has it
   */
  InstancePermission instances(String role) {
    return (action, instance) ->
        allows(role, action, "instance/" + instance, instanceTags.getOrDefault(instance, Map.of()));
  }

  private boolean allows(String role, String action, String resource, Map<String, String> tags) {
    return grants.stream()
        .filter(grant -> grant.action().equals(action))
        .filter(grant -> grant.role().equals(role))
        .filter(grant -> matches(grant.resource(), resource))
        .anyMatch(grant -> grant.conditions().isEmpty() || holds(grant.conditions(), tags));
  }

  /** {@code *} stands for anything, as in IAM. */
  private static boolean matches(String granted, String resource) {
    String pattern = granted.replaceFirst("^.*:", "");
    return resource.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
  }

  /** Whether tags are as the one kind of condition asks that these grants have. */
  private static boolean holds(String conditions, Map<String, String> tags) {
    JsonNode operators = Json.read(conditions);
    if (operators.size() != 1 || !operators.has("StringEquals")) {
      throw new IllegalArgumentException(
          "condition %s: expected StringEquals alone".formatted(conditions));
    }
    return operators.get("StringEquals").properties().stream()
        .allMatch(
            field ->
                Resource.texts(field.getValue())
                    .contains(tags.get(field.getKey().replaceFirst("^[^/]*/", ""))));
  }
}
