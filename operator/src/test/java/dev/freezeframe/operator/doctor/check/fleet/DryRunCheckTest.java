package dev.freezeframe.operator.doctor.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Finding.Status;
import dev.freezeframe.operator.doctor.check.fleet.DryRunCheck.Attempt;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DryRunCheckTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DryRunOperation | Request would have succeeded, but DryRun flag is set. | PASS | for the"
            + " caller",
        "UnauthorizedOperation | You are not authorized to perform this operation. | WARN | the"
            + " caller may not",
        "UnauthorizedOperation | not authorized: with an explicit deny in a service control policy"
            + " | FAIL | organization",
        "UnauthorizedOperation | not authorized: with an explicit deny in an identity-based policy"
            + " | WARN | the caller may not",
        "InvalidInstanceID.NotFound | The instance ID does not exist | FAIL |"
            + " InvalidInstanceID.NotFound",
      })
  void whatEc2SaysIsTakenForWhatItMeans(String code, String words, Status status, String found) {
    Finding finding =
        DryRunCheck.of(
            Asked.answer(
                "ec2:CreateSnapshots",
                new Attempt("CreateSnapshots", Optional.of("i-0123456789abcdef0"), code, words)),
            "CreateSnapshots",
            "instance of a policy");

    assertThat(finding.status()).isEqualTo(status);
    assertThat(finding.found()).contains(found).contains("i-0123456789abcdef0");
  }

  @Test
  void whereThereIsNothingToTryItOnItSaysSo() {
    Finding finding =
        DryRunCheck.of(
            Asked.answer("ec2:DeleteSnapshot", Attempt.onNothing("DeleteSnapshot")),
            "DeleteSnapshot",
            "snapshot of ours yet");

    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.found()).isEqualTo("could not be tried: there is no snapshot of ours yet");
  }
}
