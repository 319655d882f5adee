package dev.freezeframe.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/pictures/make workflow} draws it anew. */
class WorkflowPictureTest {
  private static final Path ROOT = Path.of(System.getProperty("freezeframe.root"));
  private static final Pattern STATE =
      Pattern.compile("<g class=\"state (\\w+)\" data-state=\"([^\"]*)\">");
  private static final Pattern WAY =
      Pattern.compile("class=\"(way[^\"]*)\" data-from=\"([^\"]*)\" data-to=\"([^\"]*)\"");

  private final JsonNode states;
  private final String picture;

  WorkflowPictureTest() throws IOException {
    Path machine = ROOT.resolve("statemachines/snapshot-instance.asl.json");
    states = Json.mapper().readTree(Files.readString(machine)).path("States");
    picture = Files.readString(ROOT.resolve("docs/pictures/workflow.svg"));
  }

  @Test
  void everyStateIsDrawnWithItsType() {
    Set<String> expected = new TreeSet<>();
    states
        .properties()
        .forEach(
            state ->
                expected.add(
                    "%s %s".formatted(state.getValue().path("Type").asText(), state.getKey())));

    assertThat(STATE.matcher(picture).results().map(found -> found.group(1) + " " + found.group(2)))
        .usingElementComparator(String::compareToIgnoreCase)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void everyWayIsDrawnOnceAndAWayOfAnErrorAsSuch() {
    Set<String> expected = new TreeSet<>();
    for (Map.Entry<String, JsonNode> state : states.properties()) {
      for (JsonNode choice : state.getValue().path("Choices")) {
        expected.add(way("way", state.getKey(), choice.path("Next")));
      }
      expected.add(way("way", state.getKey(), state.getValue().path("Default")));
      expected.add(way("way", state.getKey(), state.getValue().path("Next")));
      for (JsonNode caught : state.getValue().path("Catch")) {
        String next = way("way", state.getKey(), caught.path("Next"));
        if (!expected.contains(next)) {
          expected.add(way("way caught", state.getKey(), caught.path("Next")));
        }
      }
    }
    expected.remove("");

    assertThat(
            WAY.matcher(picture)
                .results()
                .map(way -> way.group(1) + ": " + way.group(2) + " to " + way.group(3)))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String way(String kind, String from, JsonNode to) {
    return to.isMissingNode() || to.asText().equals(from)
        ? ""
        : "%s: %s to %s".formatted(kind, from, to.asText());
  }

  @Test
  void thePageShowsItInColoursOfItsOwn() {
    String page = ReportPage.write(Reports.of(1));
    Matcher first = STATE.matcher(picture);

    assertThat(first.find()).isTrue();
    assertThat(page).contains(first.group()).containsOnlyOnce("<style>");
  }
}
