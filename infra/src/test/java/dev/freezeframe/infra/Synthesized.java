package dev.freezeframe.infra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.infra.settings.Settings;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyFiles;
import dev.freezeframe.policy.PolicyReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.assertions.Template;

/** The stack as it is synthesized from the policies of the tests, once for all of them. */
public final class Synthesized {
  public static final Path ROOT =
      Path.of(System.getProperty("freezeframe.root", "..")).toAbsolutePath();
  public static final List<Policy> POLICIES =
      PolicyFiles.read(resource("/policies"), new PolicyReader()::read);

  private static FreezeframeStack stack;
  private static Template template;
  private static JsonNode flattened;

  private Synthesized() {}

  static synchronized FreezeframeStack stack() {
    if (stack == null) {
      stack = with(Map.of());
    }
    return stack;
  }

  static synchronized Template template() {
    if (template == null) {
      template = Template.fromStack(stack());
    }
    return template;
  }

  /** With the policies in it, each of which is a nested stack. */
  public static synchronized JsonNode flattened() {
    if (flattened == null) {
      flattened = Flattened.of(stack());
    }
    return flattened;
  }

  /** A stack with some context. */
  public static FreezeframeStack with(Map<String, Object> context) {
    return of(context, POLICIES);
  }

  /** The stack of a first deployment: the policies that are shipped, and no context. */
  static JsonNode shipped() {
    return Flattened.of(shippedStack());
  }

  static FreezeframeStack shippedStack() {
    return of(Map.of(), PolicyFiles.read(ROOT.resolve("policies"), new PolicyReader()::read));
  }

  public static FreezeframeStack of(Map<String, Object> context, List<Policy> policies) {
    Map<String, Object> all = new HashMap<>(context);
    all.put("@aws-cdk/core:validateAgainstDefaultRules", true);
    App app = new App(AppProps.builder().context(all).analyticsReporting(false).build());
    return FreezeframeApp.compose(
            app, Settings.of(app.getNode()), project(), policies, List.of(SsmDocument.values()))
        .get(0);
  }

  public static ProjectFiles project() {
    return new ProjectFiles(someJar(), ROOT.resolve("statemachines"), resource("/policies"));
  }

  /** The resources of a type, by logical id, those of nested stacks among them. */
  public static Map<String, Resource> resources(String type) {
    return resources(flattened(), type);
  }

  public static Map<String, Resource> resources(JsonNode template, String type) {
    Map<String, Resource> resources = new TreeMap<>();
    template
        .get("Resources")
        .properties()
        .forEach(
            field -> {
              if (field.getValue().get("Type").asText().equals(type)) {
                resources.put(field.getKey(), new Resource(field.getValue()));
              }
            });
    return resources;
  }

  static Path resource(String name) {
    try {
      return Path.of(Synthesized.class.getResource(name).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalArgumentException(name, impossible);
    }
  }

  /** The jar of the tasks is built in a later phase than the tests of this module may run in. */
  private static Path someJar() {
    try {
      Path jar = Files.createTempFile("tasks", ".jar");
      Files.writeString(jar, "no jar, but a file");
      jar.toFile().deleteOnExit();
      return jar;
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }
}
