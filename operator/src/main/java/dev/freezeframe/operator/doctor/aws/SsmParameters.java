package dev.freezeframe.operator.doctor.aws;

import dev.freezeframe.operator.doctor.check.Asked;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** Asks Systems Manager for parameters. */
public final class SsmParameters {
  private static final String BOOTSTRAP = "/cdk-bootstrap/hnb659fds/version";

  private final SsmClient ssm;

  public SsmParameters(SsmClient ssm) {
    this.ssm = ssm;
  }

  /** The version of CDK's bootstrap; empty: none exists. */
  public Asked<Optional<String>> bootstrapVersion() {
    return value(BOOTSTRAP);
  }

  /** The value of a parameter; empty: it does not exist. */
  public Asked<Optional<String>> value(String name) {
    return Question.ask(
        "ssm:GetParameter",
        () -> {
          try {
            return Optional.of(ssm.getParameter(request -> request.name(name)).parameter().value());
          } catch (ParameterNotFoundException none) {
            return Optional.empty();
          }
        });
  }
}
