package dev.freezeframe.rehearsal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsDocumentationTest {
  private final String page;

  FaultsDocumentationTest() throws IOException {
    page = Files.readString(Path.of(System.getProperty("freezeframe.root"), "docs/rehearsal.md"));
  }

  @ParameterizedTest
  @EnumSource(InjectionPoint.class)
  void everyPlaceAndWhatCanHappenThereIsDescribed(InjectionPoint where) {
    assertThat(page).contains("`" + where + "`");
    for (String form : FaultAction.forms(where)) {
      assertThat(page).contains("`" + form.split(" ", -1)[0]);
    }
  }

  @Test
  void itsExamplesCanBeRead() {
    assertThat(Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page).results())
        .isNotEmpty()
        .extracting((MatchResult example) -> example.group(1))
        .allSatisfy(
            example ->
                new FaultsReader(KnownNames.NOTHING, Instant.EPOCH)
                    .read("docs/rehearsal.md", example));
  }
}
