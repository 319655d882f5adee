package dev.freezeframe.rehearsal.dynamo;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import dev.freezeframe.rehearsal.cloud.Api;
import dev.freezeframe.rehearsal.cloud.Operation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/**
 * A DynamoDB Local of its own, in this process and in memory only.
 *
 * <p>Conditions, transactions and indexes are real; its TTL deletes nothing.
 */
public final class EmbeddedDynamo implements AutoCloseable {
  private static final boolean NO_TELEMETRY = true;
  private static final Duration LATENCY = Duration.ofMillis(6);
  private static final List<String> READS =
      List.of("Get", "BatchGet", "TransactGet", "Query", "Scan", "Describe", "List");

  private final AmazonDynamoDBLocal local = DynamoDBEmbedded.create(NO_TELEMETRY);
  private final DynamoDbClient direct = local.dynamoDbClient();
  private final Api api;

  public EmbeddedDynamo(Api api) {
    this.api = api;
  }

  /** The client of the tasks: its calls take time, are counted and can go wrong. */
  public DynamoDbClient client() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            this::call);
  }

  /** A client around the door: to make tables, and to look at what is in them. */
  public DynamoDbClient direct() {
    return direct;
  }

  private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("close")) {
      return null;
    }
    if (arguments != null
        && arguments.length == 1
        && arguments[0] instanceof DynamoDbRequest request) {
      if (method.getReturnType().getSimpleName().endsWith("Iterable")) {
        return InvocationHandler.invokeDefault(proxy, method, arguments);
      }
      return api.call(
          operation(method),
          request.getValueForField("TableName", String.class).orElse(""),
          EmbeddedDynamo::throttled,
          () -> answer(method, request));
    }
    return method.isDefault()
        ? InvocationHandler.invokeDefault(proxy, method, arguments)
        : method.invoke(direct, arguments);
  }

  private static Operation operation(Method method) {
    String name = method.getName();
    String action = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    boolean reads = READS.stream().anyMatch(action::startsWith);
    return new Operation("dynamodb:" + action, "dynamodb:" + action, !reads, LATENCY);
  }

  private Object answer(Method method, DynamoDbRequest request) {
    try {
      return method.invoke(direct, request);
    } catch (InvocationTargetException failed) {
      if (failed.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(method.getName() + " failed", failed.getCause());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static AwsServiceException throttled() {
    return DynamoDbException.builder()
        .message("Throughput exceeds the current capacity")
        .statusCode(400)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName("DynamoDb")
                .errorCode("ThrottlingException")
                .errorMessage("Throughput exceeds the current capacity")
                .build())
        .build();
  }

  @Override
  public void close() {
    direct.close();
    local.shutdown();
  }
}
