package dev.freezeframe.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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

  @Test
  void aWayBackComesInAtTheSideWhereNoTipOfAWayOnIsTakenForItsOwn() {
    List<String> ends =
        Pattern.compile(
                "data-to=\"([^\"]*)\" marker-end=\"[^\"]*\" d=\"[^\"]* (\\S+) \\S+ (\\S+)\"")
            .matcher(picture)
            .results()
            .filter(way -> way.group(2).equals(way.group(3)))
            .map(way -> way.group(1))
            .distinct()
            .toList();

    assertThat(ends)
        .containsExactlyInAnyOrder(
            graph.edges().stream()
                .filter(edge -> layout.rank(edge.to()) < layout.rank(edge.from()))
                .map(StateGraph.Edge::to)
                .distinct()
                .toArray(String[]::new));
  }

  /** {@code docs/pictures/make} writes it, as it does the other picture there. */
  @Test
  void thePictureOfTheReadmeIsThatOfTheFile() throws IOException {
    Path pictures = Path.of(System.getProperty("freezeframe.root"), "docs", "pictures");
    Path file = pictures.resolve("workflow.svg");
    String drawn =
        WorkflowPicture.draw(
            ReportPage.machine(), Files.readString(pictures.resolve("workflow.css")));

    if (System.getProperty("golden.update") != null) {
      Files.writeString(file, drawn);
    }

    assertThat(file).as("docs/pictures/make draws it anew").hasContent(drawn);
  }
}
