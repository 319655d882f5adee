package dev.freezeframe.infra;

import dev.freezeframe.operator.doctor.aws.Clients;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.function.BiPredicate;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** Clients whose services refuse some calls, each as it refuses them. */
final class RefusingClients {
  private RefusingClients() {}

  /**
   * All calls of an operation are refused for want of a permission.
   *
   * @param operation in the words of its client, such as {@code describeStacks}
   */
  static Clients without(Clients clients, String operation) {
    return refusing(clients, (name, request) -> name.equals(operation), "");
  }

  /**
   * Some calls are refused.
   *
   * @param which by the operation and the request
   * @param code empty: the service's for want of a permission
   */
  static Clients refusing(Clients clients, BiPredicate<String, Object> which, String code) {
    return (Clients)
        Proxy.newProxyInstance(
            Clients.class.getClassLoader(),
            new Class<?>[] {Clients.class},
            (proxy, method, arguments) -> {
              Object made = called(clients, method, arguments);
              return made instanceof SdkClient && method.getReturnType().isInterface()
                  ? client(method.getReturnType(), made, which, code)
                  : made;
            });
  }

  private static Object client(
      Class<?> type, Object client, BiPredicate<String, Object> which, String code) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.isDefault() && !isOverridden(client, method)) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
          }
          if (arguments != null && which.test(method.getName(), arguments[0])) {
            throw refusal(type, code);
          }
          return called(client, method, arguments);
        };
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }

  /** Pages and requests that are built on the spot come down to calls that a client makes. */
  private static boolean isOverridden(Object client, Method method) {
    return Arrays.stream(client.getClass().getMethods())
        .anyMatch(
            own ->
                own.getName().equals(method.getName())
                    && Arrays.equals(own.getParameterTypes(), method.getParameterTypes())
                    && !own.isDefault());
  }

  private static Object called(Object on, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private static AwsServiceException refusal(Class<?> type, String code) {
    boolean ec2 = type == Ec2Client.class;
    String forbidden = ec2 ? "UnauthorizedOperation" : "AccessDeniedException";
    AwsServiceException.Builder builder =
        ec2 ? Ec2Exception.builder() : AwsServiceException.builder();
    return builder
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode(code.isEmpty() ? forbidden : code)
                .errorMessage("not now")
                .build())
        .statusCode(ec2 ? 403 : 400)
        .build();
  }
}
