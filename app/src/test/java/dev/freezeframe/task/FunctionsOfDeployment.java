package dev.freezeframe.task;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Every task, made as Lambda makes it, and every client, in a JVM that has nothing to go by but its
 * environment. Each is invoked and told from the others in what it sends by its name; the next
 * follows at a line.
 */
final class FunctionsOfDeployment {
  private FunctionsOfDeployment() {}

  /** What is invoked, by name, in order. */
  static Map<String, Callable<?>> all() {
    Map<String, Callable<?>> all = new LinkedHashMap<>();
    Task.byName().keySet().forEach(task -> all.put(task, () -> invoke(task)));
    all.put("ec2", () -> new AwsDependencies().ec2().describeInstances());
    all.put(
        "ec2WithoutRetries", () -> new AwsDependencies().ec2WithoutRetries().describeSnapshots());
    all.put("ssm", () -> new AwsDependencies().ssm().describeInstanceInformation());
    all.put(
        "ssmWithoutRetries",
        () -> new AwsDependencies().ssmWithoutRetries().describeInstanceInformation());
    return all;
  }

  /** Invokes what is named, in that order. */
  public static void main(String[] names) throws IOException {
    for (String name : names) {
      System.setProperty("sdk.ua.appId", name);
      Thread thread = new Thread(() -> call(all().get(name)), name);
      // Anyone who is refused may pause, and try again; nobody waits for that.
      thread.setDaemon(true);
      thread.start();
      System.in.read();
    }
  }

  private static Object invoke(String task) throws ReflectiveOperationException, IOException {
    byte[] input = Inputs.whileFrozen(task).toString().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ((RequestStreamHandler) Task.of(task).type().getConstructor().newInstance())
        .handleRequest(new ByteArrayInputStream(input), answer, new TestContext());
    return answer;
  }

  private static void call(Callable<?> what) {
    try {
      what.call();
    } catch (Exception refused) {
      System.err.printf("%s: %s%n", Thread.currentThread().getName(), refused);
    }
  }
}
