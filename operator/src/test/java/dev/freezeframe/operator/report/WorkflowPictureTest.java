package dev.freezeframe.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkflowPictureTest {
  private final StateGraph graph = StateGraph.read(ReportPage.machine());
  private final GraphLayout layout = new GraphLayout(graph);
  private final String picture = WorkflowPicture.draw(ReportPage.machine(), "");

  @Test
  void everyStateAndEveryWayIsDrawn() {
    assertThat(graph.types()).isNotEmpty();
    graph
        .types()
        .keySet()
        .forEach(state -> assertThat(picture).contains("data-state=\"" + state + "\""));
    graph
        .edges()
        .forEach(
            edge ->
                assertThat(picture)
                    .contains("data-from=\"%s\" data-to=\"%s\"".formatted(edge.from(), edge.to())));
  }

  @Test
  void theWayOnWhichAllGoesWellIsAStraightLineDownwards() {
    List<String> spine = graph.spine();

    assertThat(spine)
        .startsWith("First attempt", "Inspect instance")
        .containsSubsequence(
            "Dry run", "Run pre-script", "Create snapshots", "Run post-script", "Record outcome")
        .endsWith("Succeeded");
    assertThat(spine.stream().map(layout::rank)).isSorted();
    assertThat(spine.stream().map(layout::place)).containsOnly(0.0);
  }

  @Test
  void noStateCoversAnother() {
    List<String> states = new ArrayList<>(graph.types().keySet());
    for (String state : states) {
      assertThat(
              states.stream()
                  .filter(other -> !other.equals(state))
                  .filter(other -> layout.rank(other) == layout.rank(state))
                  .filter(other -> Math.abs(layout.place(other) - layout.place(state)) < 0.99))
          .as("states on top of %s", state)
          .isEmpty();
    }
  }

  @Test
  void aWayPassesEveryRankBetweenItsEndsOnce() {
    for (StateGraph.Edge edge : graph.edges()) {
      List<String> passed = layout.passes(edge);
      Set<Integer> ranks = new HashSet<>(passed.stream().map(layout::rank).toList());
      assertThat(passed).startsWith(edge.from()).endsWith(edge.to());
      assertThat(ranks).hasSameSizeAs(passed);
    }
  }
}
