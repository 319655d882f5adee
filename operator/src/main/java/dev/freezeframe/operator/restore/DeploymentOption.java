package dev.freezeframe.operator.restore;

import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.doctor.aws.Clients;
import dev.freezeframe.operator.doctor.aws.ProfileClients;
import dev.freezeframe.operator.doctor.aws.stack.CloudFormationStacks;
import dev.freezeframe.operator.doctor.check.Asked;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Option;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Which deployment is meant: its stack says where its ledger and its state machine are. */
public final class DeploymentOption {
  private final BiFunction<Optional<String>, Optional<String>, Clients> clients;

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      defaultValue = "freezeframe",
      description = "the stack (default: ${DEFAULT-VALUE})")
  private String stack;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "a profile of the AWS CLI; without it the environment decides, as there")
  private String profile;

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description = "the Region; without it the environment or the profile decides")
  private String region;

  public DeploymentOption() {
    this(ProfileClients::new);
  }

  /**
   * For a cloud that is elsewhere.
   *
   * @param clients makes them of a profile and a Region
   */
  public DeploymentOption(BiFunction<Optional<String>, Optional<String>, Clients> clients) {
    this.clients = clients;
  }

  /** The options as they were given, to name the same deployment in another command. */
  String words() {
    return Shell.option("--stack", Optional.of(stack).filter(name -> !name.equals("freezeframe")))
        + Shell.option("--profile", Optional.ofNullable(profile))
        + Shell.option("--region", Optional.ofNullable(region));
  }

  /**
   * Asks the deployment.
   *
   * @throws BadInputException if there is no such deployment, or AWS does not answer
   */
  <T> T ask(Function<Deployment, T> question) {
    try (Clients made = clients.apply(Optional.ofNullable(profile), Optional.ofNullable(region))) {
      if (made.region().isEmpty()) {
        throw new BadInputException("no Region is named, expected --region, or AWS_REGION");
      }
      Map<String, String> outputs = outputs(made);
      if (!outputs.containsKey(Deployment.TABLE)) {
        throw new BadInputException(
            "the stack %s has no output %s, expected a stack of Freezeframe"
                .formatted(stack, Deployment.TABLE));
      }
      return question.apply(new Deployment(made, stack, outputs));
    } catch (AwsServiceException refused) {
      throw new BadInputException(
          "AWS refused: %s"
              .formatted(
                  refused.awsErrorDetails() == null
                      ? refused.getMessage()
                      : "%s (%s)"
                          .formatted(
                              refused.awsErrorDetails().errorMessage(),
                              refused.awsErrorDetails().errorCode())));
    } catch (SdkException unanswered) {
      throw new BadInputException("AWS did not answer: %s".formatted(unanswered.getMessage()));
    }
  }

  private Map<String, String> outputs(Clients made) {
    Asked<Optional<Map<String, String>>> asked =
        new CloudFormationStacks(made.cloudFormation(), what -> {}).outputs(stack);
    return asked
        .value()
        .orElseThrow(
            () -> new BadInputException("--stack %s: %s".formatted(stack, asked.unanswered())))
        .orElseThrow(
            () ->
                new BadInputException(
                    "--stack is %s, expected a stack in %s, found none of that name"
                        .formatted(stack, made.region().orElseThrow())));
  }
}
