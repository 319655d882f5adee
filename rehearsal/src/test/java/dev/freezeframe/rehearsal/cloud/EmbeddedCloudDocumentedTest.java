package dev.freezeframe.rehearsal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.ec2.EmbeddedEc2;
import dev.freezeframe.rehearsal.ssm.EmbeddedSsm;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedCloudDocumentedTest {
  private static final Path PAGE =
      Path.of(System.getProperty("freezeframe.root"), "docs", "embedded-cloud.md");

  private static List<String> rows() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .takeWhile(line -> !line.equals("## Simulations"))
        .filter(line -> line.startsWith("| ") && !line.startsWith("| what |"))
        .toList();
  }

  /** What a client can ask: each method that takes a request. */
  private static Set<String> operations(Class<?> service) {
    Set<String> operations = new TreeSet<>();
    for (Class<?> type = service; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getParameterCount() == 1
            && method.getParameterTypes()[0].getSimpleName().endsWith("Request")) {
          operations.add(method.getParameterTypes()[0].getSimpleName().replaceAll("Request$", ""));
        }
      }
    }
    return operations;
  }

  @ParameterizedTest
  @ValueSource(classes = {EmbeddedEc2.class, EmbeddedSsm.class})
  void everyOperationThatIsSimulatedHasARow(Class<?> service) throws IOException {
    Set<String> documented = new TreeSet<>();
    rows()
        .forEach(
            row -> documented.addAll(List.of(row.split("\\|", -1)[1].strip().split(", ", -1))));

    assertThat(operations(service)).isNotEmpty();
    assertThat(documented).containsAll(operations(service));
  }

  @Test
  void everyRowHasASource() throws IOException {
    assertThat(rows()).allMatch(row -> !row.split("\\|", -1)[3].isBlank());
  }
}
