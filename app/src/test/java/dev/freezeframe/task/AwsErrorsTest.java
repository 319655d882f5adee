package dev.freezeframe.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ssm.model.SsmException;

class AwsErrorsTest {
  private static AwsErrorDetails details(String service, String code, String message) {
    return AwsErrorDetails.builder()
        .serviceName(service)
        .errorCode(code)
        .errorMessage(message)
        .build();
  }

  @Test
  void aThrottleIsToldFromOtherRefusals() {
    assertThat(
            AwsErrors.told(
                SsmException.builder()
                    .statusCode(400)
                    .requestId("3b6e")
                    .awsErrorDetails(details("Ssm", "ThrottlingException", "Rate exceeded"))
                    .build()))
        .isInstanceOf(ThrottledException.class)
        .hasMessage("Systems Manager: Rate exceeded (ThrottlingException)");
    assertThat(
            AwsErrors.told(
                Ec2Exception.builder()
                    .statusCode(403)
                    .awsErrorDetails(details("Ec2", "UnauthorizedOperation", "You are not allowed"))
                    .build()))
        .isInstanceOf(CallFailedException.class)
        .hasMessage("EC2: You are not allowed (UnauthorizedOperation)");
  }

  @Test
  void anAnswerWithoutACodeIsToldByItsStatus() {
    assertThat(AwsErrors.told(Ec2Exception.builder().statusCode(503).build()))
        .hasMessage("AWS answered with status 503");
  }

  @Test
  void aCallThatWasNotAnsweredSaysWhy() {
    assertThat(
            AwsErrors.told(
                SdkClientException.create("Unable to execute HTTP request: Read timed out")))
        .isInstanceOf(CallFailedException.class)
        .hasMessage(
            "a call of AWS was not answered: Unable to execute HTTP request: Read timed out");
  }

  @Test
  void whatIsOursStaysAsItIs() {
    RuntimeException ours = new IllegalStateException("work: expected a set, found none");

    assertThat(AwsErrors.told(ours)).isSameAs(ours);
  }
}
