package dev.freezeframe.operator.doctor.aws;

import dev.freezeframe.operator.doctor.check.Asked;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** Asks Systems Manager for the version of CDK's bootstrap. */
public final class SsmParameters {
  private static final String BOOTSTRAP = "/cdk-bootstrap/hnb659fds/version";

  private final SsmClient ssm;

  public SsmParameters(SsmClient ssm) {
    this.ssm = ssm;
  }

  /** Empty: none exists. */
  public Asked<Optional<String>> bootstrapVersion() {
    return Question.ask(
        "ssm:GetParameter",
        () -> {
          try {
            return Optional.of(
                ssm.getParameter(request -> request.name(BOOTSTRAP)).parameter().value());
          } catch (ParameterNotFoundException none) {
            return Optional.empty();
          }
        });
  }
}
