package dev.freezeframe.infra;

import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.infra.settings.KnownDocuments;
import dev.freezeframe.infra.settings.Setting;
import dev.freezeframe.infra.settings.Settings;
import dev.freezeframe.input.InvalidInputException;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyFiles;
import dev.freezeframe.policy.PolicyReader;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Files;
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
    Path root = Path.of("");
    List<SsmDocument> documents = List.of(SsmDocument.values());
    try {
      Settings settings = Settings.of(app.getNode());
      compose(
          app,
          settings,
          ProjectFiles.in(root, settings.policies()),
          policies(root, settings, documents),
          documents);
    } catch (IllegalArgumentException | InvalidInputException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(1);
      return;
    }
    app.synth();
  }

  /** Reads the policies that are deployed, each with a document that is known. */
  public static List<Policy> policies(Path root, Settings settings, List<SsmDocument> documents) {
    KnownDocuments known = known(settings, documents);
    Path folder = root.resolve(settings.policies());
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "%s is '%s', expected a folder".formatted(Setting.POLICIES.key(), folder));
    }
    return PolicyFiles.read(
        folder, file -> known.checked(file.toString(), new PolicyReader().read(file)));
  }

  /**
   * The documents that policies may name: scripts those that hold guests still, drills the others.
   */
  public static KnownDocuments known(Settings settings, List<SsmDocument> documents) {
    return new KnownDocuments(
        names(documents, false), names(documents, true), settings.documents());
  }

  private static List<String> names(List<SsmDocument> documents, boolean ofDrills) {
    return documents.stream()
        .filter(document -> document.isDrill() == ofDrills)
        .map(SsmDocument::ssmName)
        .toList();
  }

  /** One stack for each environment, each under the rules of cdk-nag. */
  public static List<FreezeframeStack> compose(
      App app,
      Settings settings,
      ProjectFiles project,
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
                        // Of the largest stack a third would be spaces, of 1 MB that a template
                        // has.
                        .suppressTemplateIndentation(true)
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
