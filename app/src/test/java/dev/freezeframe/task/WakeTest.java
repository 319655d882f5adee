package dev.freezeframe.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.task.run.WatchRecoveryPointsTask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WakeTest {

  private static String answer(String input) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new WatchRecoveryPointsTask(new TestTaskDependencies())
        .handleRequest(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            answer,
            new TestContext());
    return answer.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"wake\":true}",
        "{\"wake\": true}",
        " {\n  \"wake\" : true\n}\n",
        "{\"why\": {\"wake\": false}, \"wake\": true}",
        "{\"wake\": true, \"why\": [1]}"
      })
  void aFunctionIsWokenHoweverTheInputIsWritten(String input) throws IOException {
    assertThat(answer(input)).isEqualTo("{\"wake\":true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"wake\":\"true\"}",
        "{\"wake\":false}",
        "{\"why\":{\"wake\":true}}",
        "[{\"wake\":true}]",
        "{\"wake\":true} {}",
        "{\"wake\":true",
        "{}"
      })
  void whatIsNoWakeIsRefusedAsTheInputThatItIsNot(String input) {
    assertThatThrownBy(() -> answer(input)).isInstanceOf(InputRefusedException.class);
  }
}
