package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.restore.Destination;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a restore takes besides the plan that a person sees: docs/performance.md has the table. */
class RestoreCostsTest {
  private static final String HEAD =
      """
      | to | state transitions | functions | calls of EC2 | units of DynamoDB |
      |---|--:|--:|---|---|
      """;

  /** A root and three volumes; a root beside one of its own image is refused. */
  private static Scene scene() {
    Fleet fleet = RestoreWorld.fleet(2, 3);
    return Scene.of(
            new Fleet(
                List.of(
                    fleet.instances().get(0),
                    fleet.instances().get(1).copy(builder -> builder.imageId("ami-0f1"))),
                fleet.volumes()))
        .policy(RestoresTest.POLICY);
  }

  private static Spent restored(Destination to, Spent without) {
    Optional<InstanceId> target =
        Optional.of(new InstanceId(Fleets.instanceId(2))).filter(any -> to == Destination.INSTANCE);
    return Spent.on(
            scene()
                .besides(
                    cloud ->
                        new Restoring(cloud)
                            .at(Scene.DUE.plus(Duration.ofHours(1)), 1, to, target)))
        .less(without);
  }

  @Test
  void whatARestoreTakesIsWhatTheDocumentSays() throws IOException {
    Spent without = Spent.on(scene());
    StringBuilder table = new StringBuilder(HEAD);
    for (Destination to : Destination.values()) {
      table.append(row(to, restored(to, without)));
    }
    assertThat(Files.readString(Scene.root().resolve("docs/performance.md")))
        .contains(table.toString());
  }

  private static String row(Destination to, Spent spent) {
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            to.word(),
            Spent.words(Spent.sum(spent.transitions())),
            Spent.words(Spent.sum(spent.invocations())),
            words(ec2(spent)),
            words(spent.units()));
  }

  private static SortedMap<String, Double> ec2(Spent spent) {
    SortedMap<String, Double> calls = new TreeMap<>();
    spent
        .calls()
        .forEach(
            (action, times) -> {
              if (action.startsWith("ec2:")) {
                calls.put(action.substring(4), times);
              }
            });
    return calls;
  }

  private static String words(Map<String, Double> counts) {
    return counts.entrySet().stream()
        .map(count -> "`%s` %s".formatted(count.getKey(), Spent.words(count.getValue())))
        .collect(Collectors.joining(", "));
  }
}
