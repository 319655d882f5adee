package dev.freezeframe.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the functions of a deployment send their calls, and for which Region they sign them. */
class EnvironmentOfClientsTest {
  private static final long MAX_SECONDS = 120;

  @TempDir private Path folder;

  private final BlockingQueue<SignedCall> calls = new LinkedBlockingQueue<>();
  private final List<HttpServer> endpoints = new ArrayList<>();

  @AfterEach
  void closeEndpoints() {
    endpoints.forEach(endpoint -> endpoint.stop(0));
  }

  /** An endpoint that tells who called it, and refuses. */
  private String open(String name) throws IOException {
    HttpServer endpoint =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endpoint.createContext("/", exchange -> refuse(exchange, name));
    endpoint.start();
    endpoints.add(endpoint);
    return "http://localhost:" + endpoint.getAddress().getPort();
  }

  private void refuse(HttpExchange exchange, String endpoint) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      calls.add(SignedCall.of(exchange, endpoint));
      exchange.getResponseHeaders().set("Connection", "close");
      exchange.sendResponseHeaders(400, -1);
    }
  }

  @Test
  void everyClientCallsTheEndpointOfTheEnvironmentAndSignsForItsRegion() throws Exception {
    Map<String, SignedCall> first =
        firstCalls(
            FunctionsOfDeployment.all().keySet(),
            Map.of("AWS_ENDPOINT_URL", open("all"), "AWS_REGION", "cn-north-1"));

    assertThat(first.values())
        .allSatisfy(
            call -> {
              assertThat(call.endpoint()).isEqualTo("all");
              assertThat(call.region()).isEqualTo("cn-north-1");
            });
    assertThat(first.values())
        .extracting(SignedCall::service)
        .containsOnly("dynamodb", "ec2", "ssm");
  }

  @Test
  void theEndpointOfAServiceComesBeforeTheOneOfAll() throws Exception {
    Map<String, SignedCall> first =
        firstCalls(
            List.of("ec2", "ec2WithoutRetries", "ssm", "ssmWithoutRetries", "RecordSnapshots"),
            Map.of(
                "AWS_ENDPOINT_URL", open("all"),
                "AWS_ENDPOINT_URL_DYNAMODB", open("dynamodb"),
                "AWS_ENDPOINT_URL_EC2", open("ec2"),
                "AWS_ENDPOINT_URL_SSM", open("ssm"),
                "AWS_REGION", "us-gov-west-1"));

    assertThat(first.values())
        .extracting(SignedCall::service)
        .containsExactly("ec2", "ec2", "ssm", "ssm", "dynamodb");
    assertThat(first.values())
        .allSatisfy(
            call -> {
              assertThat(call.endpoint()).isEqualTo(call.service());
              assertThat(call.region()).isEqualTo("us-gov-west-1");
            });
  }

  /** The first call of each function and client, in a JVM that knows this environment only. */
  private Map<String, SignedCall> firstCalls(
      Collection<String> callers, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    Process functions = start(callers, environment, errors);
    Map<String, SignedCall> first = new LinkedHashMap<>();
    try {
      for (String caller : callers) {
        first.put(caller, callOf(caller, errors));
        functions.outputWriter().append('\n').flush();
      }
    } finally {
      functions.destroyForcibly();
    }
    return first;
  }

  private static Process start(
      Collection<String> callers, Map<String, String> environment, Path errors) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FunctionsOfDeployment.class.getName());
    command.addAll(callers);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ACCESS_KEY_ID", "somebody",
                "AWS_SECRET_ACCESS_KEY", "something",
                "LEDGER_TABLE", "ledger"));
    return builder.start();
  }

  /** Calls that others try again are passed over. */
  private SignedCall callOf(String caller, Path errors) throws IOException, InterruptedException {
    SignedCall call;
    do {
      call = calls.poll(MAX_SECONDS, TimeUnit.SECONDS);
      assertThat(call)
          .as("a call of %s; what it said: %s", caller, Files.readString(errors))
          .isNotNull();
    } while (!call.caller().equals(caller));
    return call;
  }
}
