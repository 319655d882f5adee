package dev.freezeframe.operator.doctor.aws.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackTemplateTest {
  private static final String BODY =
      """
      Resources:
        Nightly:
          Type: AWS::Scheduler::Schedule
          Properties:
            Name: nightly
            GroupName: {Ref: Group}
            Target:
              Arn: {Ref: GivenMachine}
              RoleArn: {"Fn::GetAtt": [Inner, Outputs.RoleArn]}
              Input: {"Fn::GetAtt": [Other, Arn]}
      """;

  private static final StackTemplate TEMPLATE =
      new StackTemplate(
          BODY,
          Map.of("Group", "g", "GivenMachine", "arn:machine", "Inner.Outputs.RoleArn", "arn:role"));

  @Test
  void resourcesParametersAndOutputsOfNestedStacksAreFilledIn() {
    JsonNode properties = TEMPLATE.properties("Nightly");

    assertThat(properties.at("/GroupName").asText()).isEqualTo("g");
    assertThat(properties.at("/Target/Arn").asText()).isEqualTo("arn:machine");
    assertThat(properties.at("/Target/RoleArn").asText()).isEqualTo("arn:role");
  }

  @Test
  void whatCloudFormationDoesNotTellStandsAsItIs() {
    assertThat(TEMPLATE.properties("Nightly").at("/Target/Input").has("Fn::GetAtt")).isTrue();
    assertThat(TEMPLATE.properties("None").isMissingNode()).isTrue();
    assertThat(new StackTemplate("no: {", Map.of()).properties("Nightly").isMissingNode()).isTrue();
  }
}
