package dev.freezeframe.rehearsal.deployment;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.servicequotas.model.GetServiceQuotaRequest;
import software.amazon.awssdk.services.servicequotas.model.GetServiceQuotaResponse;
import software.amazon.awssdk.services.servicequotas.model.NoSuchResourceException;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuota;

/** Service Quotas, with the values of an ordinary account. */
public final class EmbeddedServiceQuotas implements ServiceQuotasClient {
  private final Map<String, ServiceQuota> quotas = new TreeMap<>();

  public EmbeddedServiceQuotas() {
    put("ebs", "L-94D7AB7D", "Pending snapshots per account", 100);
    put("ebs", "L-309BACF6", "Snapshots per Region", 100_000);
    put("lambda", "L-B99A9384", "Concurrent executions", 1_000);
  }

  /** The account gets another value. */
  public void put(String service, String code, String name, double value) {
    quotas.put(
        service + "/" + code,
        ServiceQuota.builder()
            .serviceCode(service)
            .quotaCode(code)
            .quotaName(name)
            .value(value)
            .build());
  }

  @Override
  public GetServiceQuotaResponse getServiceQuota(GetServiceQuotaRequest request) {
    Refusal.ofMoreThan(request, "ServiceCode", "QuotaCode");
    ServiceQuota found = quotas.get(request.serviceCode() + "/" + request.quotaCode());
    if (found == null) {
      throw Refusal.of(
          NoSuchResourceException.builder(),
          400,
          "NoSuchResourceException",
          "The request failed because the specified service quota does not exist.");
    }
    return GetServiceQuotaResponse.builder().quota(found).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
