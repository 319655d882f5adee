package dev.freezeframe.infra;

import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyFiles;
import dev.freezeframe.policy.PolicyReader;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

/** The CDK app: a stack for each environment. */
public final class FreezeframeApp {
  private static final String STACK = "freezeframe";

  private FreezeframeApp() {}

  /** Synthesizes the stacks from the folder in which it is started, the root of the project. */
  public static void main(String[] arguments) {
    App app = new App();
    Settings settings;
    Path root = Path.of("");
    List<Policy> policies;
    try {
      settings = Settings.of(app.getNode());
      policies = PolicyFiles.read(root.resolve(settings.policies()), new PolicyReader()::read);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(1);
      return;
    }
    compose(
        app,
        settings,
        Project.in(root, settings.policies()),
        policies,
        List.of(SsmDocument.values()));
    app.synth();
  }

  /** One stack for each environment, each under the rules of cdk-nag. */
  static List<FreezeframeStack> compose(
      App app,
      Settings settings,
      Project project,
      List<Policy> policies,
      List<SsmDocument> documents) {
    Aspects.of(app).add(new AwsSolutionsChecks());
    return settings.environments().stream()
        .map(
            environment ->
                new FreezeframeStack(
                    app,
                    id(settings, environment),
                    StackProps.builder()
                        .stackName(STACK)
                        .env(environment)
                        .description("Application-consistent EBS snapshots of tagged instances")
                        .build(),
                    settings,
                    project,
                    policies,
                    documents))
        .toList();
  }

  private static String id(Settings settings, Environment environment) {
    return settings.environments().size() == 1
        ? STACK
        : "%s-%s-%s".formatted(STACK, environment.getAccount(), environment.getRegion());
  }
}
