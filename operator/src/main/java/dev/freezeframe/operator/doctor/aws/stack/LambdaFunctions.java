package dev.freezeframe.operator.doctor.aws.stack;

import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.stack.FunctionsCheck.Version;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.SnapStartOptimizationStatus;

/** Asks Lambda about versions of functions. */
public final class LambdaFunctions {
  private static final Set<String> UNKNOWN =
      Set.of("ValidationException", "InvalidParameterValueException");

  private final LambdaClient lambda;

  public LambdaFunctions(LambdaClient lambda) {
    this.lambda = lambda;
  }

  /**
   * The version that an alias leads to; empty: there is no such alias.
   *
   * @param alias its ARN
   */
  public Asked<Optional<Version>> behind(String alias) {
    return Question.ask(
        "lambda:GetFunctionConfiguration",
        () -> {
          try {
            return Optional.of(
                version(lambda.getFunctionConfiguration(request -> request.functionName(alias))));
          } catch (ResourceNotFoundException none) {
            return Optional.empty();
          }
        });
  }

  /**
   * Why Lambda has nothing that runs on a runtime and an architecture in the Region; empty: it may
   * have. It is asked for layers of them, since it refuses words that it does not know there.
   */
  public Asked<Optional<String>> refusal(String runtime, String architecture) {
    return Question.ask(
        "lambda:ListLayers",
        () -> {
          try {
            lambda.listLayers(
                request ->
                    request
                        .compatibleRuntime(runtime)
                        .compatibleArchitecture(architecture)
                        .maxItems(1));
            return Optional.empty();
          } catch (LambdaException refused) {
            if (UNKNOWN.contains(Question.code(refused))) {
              return Optional.of(Question.message(refused));
            }
            throw refused;
          }
        });
  }

  private static Version version(GetFunctionConfigurationResponse found) {
    return new Version(
        found.functionName(),
        found.version(),
        found.stateAsString(),
        found.runtimeAsString(),
        String.join(", ", found.architecturesAsStrings()),
        found.snapStart() != null
            && found.snapStart().optimizationStatus() == SnapStartOptimizationStatus.ON);
  }
}
