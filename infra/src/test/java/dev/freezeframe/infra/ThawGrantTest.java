package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.infra.settings.Setting;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A deployment in the middle of a run: whatever it takes away, a guest that is frozen can be thawed
 * with the document that froze it.
 */
class ThawGrantTest {
  private static final String OWN = "team-freeze";
  private static final String SHARED = "arn:aws:ssm:REGION:444455556666:document/shared-freeze";
  private static final String OTHERS = "[\"%s\",\"%s\"]".formatted(OWN, SHARED);

  private static Policy policy(String name, String document) {
    return new PolicyReader()
        .read(name, "name: %s\nscripts:\n  document: %s\n".formatted(name, document));
  }

  /** What a task may send to any instance, whatever it carries: documents by name. */
  private static Set<String> sendable(String task, List<Policy> policies) {
    return Grants.all(
            Flattened.of(Synthesized.of(Map.of(Setting.DOCUMENTS.key(), OTHERS), policies)))
        .stream()
        .filter(grant -> grant.role().startsWith("<Tasks" + task + "Role"))
        .filter(grant -> grant.action().equals("ssm:SendCommand") && grant.conditions().isEmpty())
        .map(Grants.Grant::resource)
        .filter(resource -> resource.contains(":document/"))
        .map(
            resource ->
                resource.startsWith("arn:aws") ? resource : resource.replaceFirst(".*/", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RunPostScript", "ThawAbandoned"})
  void aPolicyThatIsTakenAwayLeavesItsDocumentToTheThaw(String task) {
    Policy stays = policy("stays", "freezeframe-sync");
    List<Policy> before =
        List.of(
            stays,
            policy("ours", "freezeframe-postgresql"),
            policy("own", OWN),
            policy("shared", SHARED),
            policy("windows", "AWSEC2-CreateVssSnapshot"));

    Set<String> then = sendable(task, before);
    Set<String> now = sendable(task, List.of(stays));

    assertThat(then).contains("freezeframe-postgresql", OWN, SHARED, "AWSEC2-CreateVssSnapshot");
    assertThat(now).containsAll(then);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DryRunScript", "RunPreScript"})
  void butNothingFreezesWithItAnyMore(String task) {
    assertThat(sendable(task, List.of(policy("stays", "freezeframe-sync"))))
        .containsExactly("freezeframe-sync");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RunPostScript", "ThawAbandoned"})
  void aDocumentThatIsNamedNowhereAnyMoreIsSentIfItCarriesTheTagOfDlm(String task) {
    assertThat(
            Grants.all(
                Flattened.of(
                    Synthesized.of(Map.of(), List.of(policy("stays", "freezeframe-sync"))))))
        .filteredOn(grant -> grant.role().startsWith("<Tasks" + task + "Role"))
        .filteredOn(grant -> grant.action().equals("ssm:SendCommand"))
        .filteredOn(grant -> grant.resource().endsWith(":document/*"))
        .extracting(Grants.Grant::conditions)
        .containsExactly("{\"StringEquals\":{\"aws:ResourceTag/DLMScriptsAccess\":\"true\"}}");
  }
}
