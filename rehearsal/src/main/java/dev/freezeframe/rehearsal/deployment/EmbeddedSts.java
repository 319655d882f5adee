package dev.freezeframe.rehearsal.deployment;

import dev.freezeframe.rehearsal.cloud.Account;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The Security Token Service: everybody who calls is one operator. */
public final class EmbeddedSts implements StsClient {
  public static final String OPERATOR =
      "arn:aws:sts::%s:assumed-role/operator/rehearsal".formatted(Account.ID);

  @Override
  public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
    Refusal.ofMoreThan(request);
    return GetCallerIdentityResponse.builder().account(Account.ID).arn(OPERATOR).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
