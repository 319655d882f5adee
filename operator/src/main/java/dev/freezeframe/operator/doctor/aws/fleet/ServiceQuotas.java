package dev.freezeframe.operator.doctor.aws.fleet;

import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.fleet.Quota;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuota;

/** Asks Service Quotas what is in force. */
public final class ServiceQuotas {
  private static final String PERMISSION = "servicequotas:GetServiceQuota";

  private final ServiceQuotasClient quotas;

  public ServiceQuotas(ServiceQuotasClient quotas) {
    this.quotas = quotas;
  }

  /** The value of a quota; none under that code, or another quota, is no answer. */
  public Asked<Double> value(Quota quota) {
    Asked<ServiceQuota> asked =
        Question.ask(
            PERMISSION,
            () ->
                quotas
                    .getServiceQuota(
                        request -> request.serviceCode(quota.service()).quotaCode(quota.code()))
                    .quota());
    if (asked.value().isPresent() && !quota.name().equals(asked.value().get().quotaName())) {
      return Asked.failed(
          PERMISSION,
          "%s is '%s', expected '%s'"
              .formatted(quota.code(), asked.value().get().quotaName(), quota.name()));
    }
    return asked.map(ServiceQuota::value);
  }
}
