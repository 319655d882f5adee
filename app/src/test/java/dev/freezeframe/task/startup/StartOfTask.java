package dev.freezeframe.task.startup;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.Task;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TestContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One task in a JVM of its own, as Lambda starts it: {@code StartOfTask cold|restored TASK INPUT}.
 *
 * <p>Restored: what SnapStart keeps is done first; then a line is printed, and one is awaited.
 */
final class StartOfTask {
  static final String READY = "ready";

  private StartOfTask() {}

  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    boolean restored = arguments[0].equals("restored");
    RequestStreamHandler task = restored ? primed(arguments[1]) : cold(arguments[1]);
    byte[] input = Files.readAllBytes(Path.of(arguments[2]));
    TestContext context = new TestContext();
    if (restored) {
      System.out.println(READY);
      System.in.read();
    }
    try {
      task.handleRequest(new ByteArrayInputStream(input), new ByteArrayOutputStream(), context);
    } catch (RuntimeException refused) {
      // Anyone who answers the first call refuses it.
    }
    System.exit(0);
  }

  private static RequestStreamHandler cold(String task) throws ReflectiveOperationException {
    return (RequestStreamHandler) Task.of(task).type().getConstructor().newInstance();
  }

  private static RequestStreamHandler primed(String task) throws ReflectiveOperationException {
    AwsDependencies dependencies = new AwsDependencies();
    Object made =
        Task.of(task)
            .type()
            .getDeclaredConstructor(TaskDependencies.class)
            .newInstance(dependencies);
    dependencies.beforeCheckpoint(null);
    return (RequestStreamHandler) made;
  }
}
