package dev.freezeframe.operator.doctor.aws;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.IdentityCheck.Identity;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Asks the Security Token Service who asks, which needs no permission. */
public final class StsIdentity {
  private final StsClient sts;

  public StsIdentity(StsClient sts) {
    this.sts = sts;
  }

  public Asked<Identity> find() {
    return Question.ask(
        "sts:GetCallerIdentity",
        () -> {
          GetCallerIdentityResponse caller = sts.getCallerIdentity();
          return new Identity(caller.account(), caller.arn());
        });
  }
}
