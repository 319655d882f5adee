package dev.freezeframe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Scheduler carries to the state machine, and the state machine to a task. */
class PolicyJsonTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  static List<Path> examples() throws IOException {
    return PolicyExamplesTest.examples();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void aPolicyReadsBackEqual(Path file) throws IOException {
    Policy policy = new PolicyReader().read(file);

    assertThat(JSON.readValue(JSON.writeValueAsString(policy), Policy.class)).isEqualTo(policy);
  }

  @Test
  void theFormIsTheOneThatTheConsoleShows() throws IOException {
    Policy policy = new PolicyReader().read(Golden.inRepository("policies/examples/database.yaml"));

    assertThat(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(policy) + "\n")
        .isEqualTo(String.join("\n", Golden.lines("database.json")) + "\n");
  }

  @Test
  void whatIsLeftOutIsUnset() throws IOException {
    Retention retention = JSON.readValue("{\"lifetimeTag\": \"snaplifetime\"}", Retention.class);

    assertThat(retention.days()).isEmpty();
    assertThat(retention.count()).isEmpty();
    assertThat(retention.tiers()).isEmpty();
  }

  @Test
  void aPolicyWithoutTargetsIsRefusedAlsoAsJson() throws IOException {
    Policy policy = new PolicyReader().read("p.yaml", "name: daily");
    String json =
        JSON.writeValueAsString(policy).replaceFirst("\"targets\":\\[.*?]", "\"targets\":[]");

    assertThatThrownBy(() -> JSON.readValue(json, Policy.class))
        .hasMessageContaining("targets is a list of 0, expected a list of 1..50");
  }
}
