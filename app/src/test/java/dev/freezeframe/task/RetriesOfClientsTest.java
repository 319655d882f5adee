package dev.freezeframe.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freezeframe.common.PolicyName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkException;

/** How often the clients of a deployment ask, counted by an endpoint that fails each time. */
class RetriesOfClientsTest {
  private static final String ENDPOINT = "aws.endpointUrl";

  private static final Map<String, Consumer<AwsDependencies>> CALLS =
      Map.of(
          "ec2", aws -> aws.ec2().describeInstances(),
          "ec2WithoutRetries", aws -> aws.ec2WithoutRetries().describeInstances(),
          "ssm", aws -> aws.ssm().describeInstanceInformation(),
          "ssmWithoutRetries", aws -> aws.ssmWithoutRetries().describeInstanceInformation(),
          "ledger", aws -> aws.ledger().lastWatch(new PolicyName("daily")));

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::fail);
    server.start();
    System.setProperty(ENDPOINT, "http://localhost:" + server.getAddress().getPort());
  }

  @AfterEach
  void close() {
    System.clearProperty(ENDPOINT);
    server.stop(0);
  }

  private void fail(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      asked.incrementAndGet();
      exchange.getResponseHeaders().set("Connection", "close");
      exchange.sendResponseHeaders(503, -1);
    }
  }

  /** The same figures as those of the embedded cloud's clients. */
  @ParameterizedTest
  @CsvSource({"ec2, 3", "ec2WithoutRetries, 1", "ssm, 3", "ssmWithoutRetries, 1", "ledger, 3"})
  void aClientAsksAsOftenAsTheStandardModeOfTheSdkOrOnce(String client, int times) {
    AwsDependencies aws = new AwsDependencies(new Environment("ledger", 100));

    assertThatThrownBy(() -> CALLS.get(client).accept(aws)).isInstanceOf(SdkException.class);
    assertThat(asked).hasValue(times);
  }
}
