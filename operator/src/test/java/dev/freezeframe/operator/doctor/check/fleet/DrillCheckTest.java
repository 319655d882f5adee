package dev.freezeframe.operator.doctor.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Finding.Status;
import dev.freezeframe.operator.doctor.check.fleet.DocumentCheck.Document;
import dev.freezeframe.operator.doctor.check.fleet.DrillCheck.Answers;
import dev.freezeframe.operator.doctor.check.fleet.DrillCheck.Place;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrillCheckTest {
  private static final String WHOLE =
      "{\"parameters\":{\"executionId\":{},\"command\":{},\"members\":{},\"timeoutSeconds\":{}}}";
  private static final Policy OWN_NETWORK =
      policy(
          "instanceType: m7g.large, image: 'resolve:ssm:/images/drills',"
              + " subnets: [subnet-01234567], securityGroups: [sg-01234567]");

  private Optional<Document> document = Optional.of(document("Command", "Active", WHOLE));
  private Set<Offering> offerings = Set.of(new Offering("m7g.large", "eu-central-1a"));
  private Map<String, Place> subnets =
      Map.of("subnet-01234567", new Place("vpc-1", "eu-central-1a"));
  private Map<String, String> groups = Map.of("sg-01234567", "vpc-1");
  private Optional<String> parameter = Optional.of("ami-01234567");
  private Map<String, String> images = Map.of("ami-01234567", "available");

  private static Policy policy(String drill) {
    return new PolicyReader().read("p.yaml", "{name: daily, drill: {%s}}".formatted(drill));
  }

  private static Document document(String type, String status, String content) {
    try {
      return new Document(
          "3", type, status, "ab", 100, Optional.of(new ObjectMapper().readTree(content)));
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(broken);
    }
  }

  private Finding found(Policy policy) {
    return DrillCheck.of(
        policy,
        policy.drill().orElseThrow(),
        new Answers(
            Asked.answer("ssm:DescribeDocument", document),
            Asked.answer("ec2:DescribeInstanceTypeOfferings", offerings),
            Asked.answer("ec2:DescribeSubnets", subnets),
            Asked.answer("ec2:DescribeSecurityGroups", groups),
            Asked.answer("ssm:GetParameter", parameter),
            Asked.answer("ec2:DescribeImages", images)),
        true);
  }

  private void fails(String words) {
    assertThat(found(OWN_NETWORK).status()).isEqualTo(Status.FAIL);
    assertThat(found(OWN_NETWORK).found()).isEqualTo(words);
  }

  @Test
  void whatIsThereAndFitsPasses() {
    assertThat(found(OWN_NETWORK).status()).isEqualTo(Status.PASS);
    assertThat(found(policy("each: 90d")))
        .isEqualTo(Finding.pass("drills daily", "freezeframe-drill-filesystem is there"));
  }

  @Test
  void aDrillThatLaunchesNothingNeedsNothing() {
    document = Optional.empty();

    assertThat(found(policy("level: L0")))
        .isEqualTo(Finding.pass("drills daily", "level L0 launches nothing"));
  }

  @Test
  void aDocumentThatIsNotThereFails() {
    document = Optional.empty();

    fails("there is no document freezeframe-drill-filesystem: no set is drilled");
  }

  @Test
  void aDocumentThatADrillCannotRunFails() {
    document = Optional.of(document("Automation", "Creating", "{\"parameters\":{\"command\":{}}}"));

    fails(
        "freezeframe-drill-filesystem is of type Automation, expected Command;"
            + " freezeframe-drill-filesystem is Creating, expected Active;"
            + " freezeframe-drill-filesystem has no parameter executionId, members or"
            + " timeoutSeconds");
  }

  @Test
  void aNetworkThatIsGoneFails() {
    subnets = Map.of();
    groups = Map.of();

    fails(
        "there is no subnet subnet-01234567: no set is drilled;"
            + " there is no security group sg-01234567: no set is drilled");
  }

  @Test
  void aGroupOfAnotherNetworkFails() {
    groups = Map.of("sg-01234567", "vpc-2");

    fails("subnet-01234567 is in vpc-1 and sg-01234567 in vpc-2, expected one VPC");
  }

  @Test
  void aTypeThatTheRegionDoesNotOfferFails() {
    offerings = Set.of();

    fails("no Availability Zone of the Region offers m7g.large: no set is drilled");
  }

  @Test
  void aTypeThatOneOfTheZonesDoesNotOfferIsAWarning() {
    offerings = Set.of(new Offering("m7g.large", "eu-central-1b"));

    assertThat(found(OWN_NETWORK).status()).isEqualTo(Status.WARN);
    assertThat(found(OWN_NETWORK).found())
        .isEqualTo("eu-central-1a, the zone of subnet-01234567, does not offer m7g.large");
  }

  @Test
  void anImageThatNoParameterNamesFails() {
    parameter = Optional.empty();

    fails("there is no parameter /images/drills: no set is drilled");
  }

  @Test
  void anImageThatCannotBeLaunchedFails() {
    images = Map.of("ami-01234567", "disabled");
    fails("the image ami-01234567 is disabled, expected available");

    images = Map.of();
    fails("the image ami-01234567 is gone, or not shared with the account, expected available");
  }

  @ParameterizedTest
  @ValueSource(strings = {"image: ami-89abcdef", "image: ami-89abcdef, level: L2"})
  void anImageThatThePolicyNamesIsLookedAtItself(String drill) {
    assertThat(found(policy(drill)).found())
        .isEqualTo(
            "the image ami-89abcdef is gone, or not shared with the account, expected available");
  }

  @Test
  void whatMayNotBeAskedIsAWarningWithThePermission() {
    Asked<Optional<Document>> forbidden = Asked.forbidden("ssm:DescribeDocument");
    Policy policy = policy("each: 90d");
    Finding finding =
        DrillCheck.of(
            policy,
            policy.drill().orElseThrow(),
            new Answers(
                forbidden,
                Asked.answer("", offerings),
                Asked.answer("", subnets),
                Asked.answer("", groups),
                Asked.answer("", parameter),
                Asked.answer("", images)),
            true);

    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.found()).contains("needs the permission ssm:DescribeDocument");
  }

  @Test
  void beforeTheFirstDeploymentTheProjectsDocumentIsNotThereYet() {
    Policy policy = policy("each: 90d");
    document = Optional.empty();
    Finding finding =
        DrillCheck.of(
            policy,
            policy.drill().orElseThrow(),
            new Answers(
                Asked.answer("", document),
                Asked.answer("", offerings),
                Asked.answer("", subnets),
                Asked.answer("", groups),
                Asked.answer("", parameter),
                Asked.answer("", images)),
            false);

    assertThat(finding)
        .isEqualTo(
            Finding.warn(
                "drills daily",
                "freezeframe-drill-filesystem is not there yet",
                "npx cdk deploy brings it"));
  }
}
