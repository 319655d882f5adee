package dev.freezeframe.infra.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** Nothing leaves the network of drill instances, nobody enters it, and they may do nothing. */
class DrillNetworkTest {
  private final Stack stack =
      new Stack(new App(AppProps.builder().analyticsReporting(false).build()), "freezeframe");
  private final DrillNetwork network = new DrillNetwork(stack, "Drills");
  private final DrillProfile profile = new DrillProfile(stack, "Profile");
  private final JsonNode resources =
      new JsonMapper().<JsonNode>valueToTree(Template.fromStack(stack).toJSON()).get("Resources");

  private List<JsonNode> of(String type) {
    List<JsonNode> found = new ArrayList<>();
    resources.forEach(
        resource -> {
          if (resource.get("Type").asText().equals(type)) {
            found.add(resource.path("Properties"));
          }
        });
    return found;
  }

  @Test
  void noRouteLeadsOutOfItAndNoAddressIsPublic() {
    assertThat(of("AWS::EC2::Route")).isEmpty();
    assertThat(of("AWS::EC2::InternetGateway")).isEmpty();
    assertThat(of("AWS::EC2::NatGateway")).isEmpty();
    assertThat(of("AWS::EC2::Subnet"))
        .hasSize(2)
        .noneMatch(subnet -> subnet.path("MapPublicIpOnLaunch").asBoolean());
    assertThat(network.subnets()).hasSize(2);
  }

  @Test
  void itReachesSystemsManagerFromOneZoneAndAmazonsBuckets() {
    List<JsonNode> endpoints = of("AWS::EC2::VPCEndpoint");

    assertThat(endpoints)
        .extracting(endpoint -> endpoint.get("ServiceName").toString())
        .satisfiesExactlyInAnyOrder(
            name -> assertThat(name).contains(".ssm\""),
            name -> assertThat(name).contains(".ssmmessages\""),
            name -> assertThat(name).contains(".s3\""));
    assertThat(endpoints)
        .filteredOn(endpoint -> endpoint.get("VpcEndpointType").asText().equals("Interface"))
        .hasSize(2)
        .allMatch(endpoint -> endpoint.get("SubnetIds").size() == 1, "each zone costs")
        .allMatch(endpoint -> endpoint.get("PrivateDnsEnabled").asBoolean());
  }

  @Test
  void endpointsServeThisAccountAloneAndNothingIsWrittenToBuckets() {
    for (JsonNode endpoint : of("AWS::EC2::VPCEndpoint")) {
      JsonNode statements = endpoint.get("PolicyDocument").get("Statement");
      assertThat(statements).hasSize(1);
      if (endpoint.get("ServiceName").toString().contains(".s3\"")) {
        assertThat(statements.get(0).get("Action").asText()).isEqualTo("s3:GetObject");
        assertThat(statements.get(0).get("Resource").toString())
            .doesNotContain("\"*\"")
            .contains("al2023-repos-", "amazon-ssm-");
      } else {
        assertThat(statements.get(0).get("Condition").toString())
            .isEqualTo(
                "{\"StringEquals\":{\"aws:PrincipalAccount\":{\"Ref\":\"AWS::AccountId\"}}}");
      }
    }
  }

  @Test
  void nobodyReachesADrillInstanceAndItReachesPort443Alone() {
    List<JsonNode> groups = of("AWS::EC2::SecurityGroup");
    JsonNode instances =
        groups.stream()
            .filter(group -> group.get("GroupDescription").asText().startsWith("Drill instances"))
            .findFirst()
            .orElseThrow();

    assertThat(groups).hasSize(2);
    assertThat(instances.has("SecurityGroupIngress")).isFalse();
    assertThat(instances.get("SecurityGroupEgress"))
        .allMatch(rule -> rule.get("FromPort").asInt() == 443 && rule.get("ToPort").asInt() == 443);
    assertThat(of("AWS::EC2::SecurityGroupIngress"))
        .singleElement()
        .matches(rule -> rule.get("FromPort").asInt() == 443)
        .matches(rule -> rule.get("GroupId").toString().contains("Endpoints"))
        .matches(rule -> rule.get("SourceSecurityGroupId").toString().contains("Instances"));
  }

  @Test
  void aDrillInstanceMayTakeCommandsAndNothingElse() {
    JsonNode statements = of("AWS::IAM::Policy").get(0).get("PolicyDocument").get("Statement");

    assertThat(of("AWS::IAM::Policy")).hasSize(1);
    assertThat(statements).hasSize(1);
    assertThat(statements.get(0).get("Action"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder(
            "ssm:UpdateInstanceInformation",
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel");
    assertThat(of("AWS::IAM::Role"))
        .singleElement()
        .matches(role -> !role.has("ManagedPolicyArns"))
        .matches(
            role -> role.get("AssumeRolePolicyDocument").toString().contains("ec2.amazonaws.com"));
    assertThat(of("AWS::IAM::InstanceProfile")).hasSize(1);
    assertThat(profile.name()).isNotEmpty();
    assertThat(profile.roleArn()).isNotEmpty();
  }
}
