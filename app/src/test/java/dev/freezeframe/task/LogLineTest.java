package dev.freezeframe.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.Json;
import dev.freezeframe.task.run.WatchRecoveryPointsTask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a task hands to a logger that, as Lambda's with JSON logging, wraps texts and no bytes. */
class LogLineTest {
  private final List<String> lines = new ArrayList<>();
  private final List<LogLevel> levels = new ArrayList<>();

  private Context context() {
    LambdaLogger logger =
        new LambdaLogger() {
          @Override
          public void log(String message) {
            lines.add("{\"message\": \"" + message.replace("\"", "\\\"") + "\"}");
          }

          @Override
          public void log(byte[] message) {
            log(message, LogLevel.UNDEFINED);
          }

          @Override
          public void log(byte[] message, LogLevel level) {
            lines.add(new String(message, StandardCharsets.UTF_8));
            levels.add(level);
          }
        };
    TestContext rest = new TestContext();
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                method.getName().equals("getLogger") ? logger : method.invoke(rest, arguments));
  }

  private JsonNode logged(String input) throws IOException {
    try {
      new WatchRecoveryPointsTask(new TestTaskDependencies())
          .handleRequest(
              new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
              new ByteArrayOutputStream(),
              context());
    } catch (InputRefusedException refused) {
      assertThat(refused).hasMessageContaining("expected");
    }
    assertThat(lines).hasSize(1);
    return Json.mapper().readTree(lines.get(0));
  }

  @Test
  void aDecisionIsOneObjectWithTheFieldsThatQueriesName() throws IOException {
    JsonNode line = logged(Inputs.all().get("WatchRecoveryPoints").toString());

    assertThat(line.path("task").asText()).isEqualTo("WatchRecoveryPoints");
    assertThat(line.path("level").asText()).isEqualTo("INFO");
    assertThat(line.path("AWSRequestId").asText()).isEqualTo("request");
    assertThat(line.path("decided").asText()).isNotBlank();
    assertThat(Instant.parse(line.path("timestamp").asText())).isNotNull();
    assertThat(levels).containsExactly(LogLevel.INFO);
  }

  @Test
  void aFailureIsOneToo() throws IOException {
    JsonNode line = logged("{\"policies\": []}");

    assertThat(line.path("level").asText()).isEqualTo("ERROR");
    assertThat(line.path("failed").asText()).contains("grace is missing, expected a duration");
    assertThat(levels).containsExactly(LogLevel.ERROR);
  }
}
