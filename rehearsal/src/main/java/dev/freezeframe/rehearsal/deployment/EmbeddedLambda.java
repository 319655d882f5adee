package dev.freezeframe.rehearsal.deployment;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Architecture;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ListLayersRequest;
import software.amazon.awssdk.services.lambda.model.ListLayersResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.SnapStartOptimizationStatus;
import software.amazon.awssdk.services.lambda.model.SnapStartResponse;
import software.amazon.awssdk.services.lambda.model.State;

/** What Lambda says of functions, by the ARNs of their aliases. */
public final class EmbeddedLambda implements LambdaClient {
  private final Map<String, GetFunctionConfigurationResponse> aliases = new TreeMap<>();
  private final Set<String> runtimes = new TreeSet<>(Set.of("java21", "java25"));

  /**
   * An alias leads to a version that is ready.
   *
   * @param snapStart whether SnapStart is on for published versions
   */
  public void put(
      String alias,
      String function,
      String version,
      String runtime,
      String architecture,
      boolean snapStart) {
    aliases.put(
        alias,
        GetFunctionConfigurationResponse.builder()
            .functionName(function)
            .version(version)
            .runtime(runtime)
            .architectures(Architecture.fromValue(architecture))
            .state(State.ACTIVE)
            .snapStart(
                SnapStartResponse.builder()
                    .optimizationStatus(
                        snapStart
                            ? SnapStartOptimizationStatus.ON
                            : SnapStartOptimizationStatus.OFF)
                    .build())
            .build());
  }

  /** The version behind an alias changes its state. */
  public void state(String alias, State state) {
    aliases.computeIfPresent(alias, (any, version) -> version.toBuilder().state(state).build());
  }

  /** Somebody points an alias at another version. */
  public void point(String alias, String version) {
    aliases.computeIfPresent(alias, (any, found) -> found.toBuilder().version(version).build());
  }

  /** The version behind an alias has another runtime. */
  public void runtime(String alias, String runtime) {
    aliases.computeIfPresent(alias, (any, found) -> found.toBuilder().runtime(runtime).build());
  }

  /** Somebody deletes an alias. */
  public void delete(String alias) {
    aliases.remove(alias);
  }

  @Override
  public GetFunctionConfigurationResponse getFunctionConfiguration(
      GetFunctionConfigurationRequest request) {
    Refusal.ofMoreThan(request, "FunctionName");
    GetFunctionConfigurationResponse found = aliases.get(request.functionName());
    if (found == null) {
      throw Refusal.of(
          ResourceNotFoundException.builder(),
          404,
          "ResourceNotFoundException",
          "Function not found: " + request.functionName());
    }
    return found;
  }

  /** The Region has no such runtime. */
  public void without(String runtime) {
    runtimes.remove(runtime);
  }

  /** Nobody has layers here; what the Region does not know is refused, as observed. */
  @Override
  public ListLayersResponse listLayers(ListLayersRequest request) {
    if (!runtimes.contains(request.compatibleRuntimeAsString())) {
      throw Refusal.of(
          LambdaException.builder(),
          400,
          "ValidationException",
          "1 validation error detected: Value '%s' at 'compatibleRuntime' failed to satisfy constraint: Member must satisfy enum value set: %s"
              .formatted(request.compatibleRuntimeAsString(), runtimes));
    }
    return ListLayersResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
