package dev.freezeframe.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.infra.FunctionEnvironments;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EnvironmentNamesTest {

  @Test
  void aFunctionGetsTheVariablesThatItsCodeReads() {
    Set<String> read = new TreeSet<>();
    Environment.of(
        new AbstractMap<>() {
          @Override
          public String get(Object name) {
            read.add(String.valueOf(name));
            return "100";
          }

          @Override
          public Set<Map.Entry<String, String>> entrySet() {
            throw new UnsupportedOperationException("variables are asked for one by one");
          }
        });

    assertThat(FunctionEnvironments.names()).isNotEmpty().allMatch(read::equals);
  }
}
