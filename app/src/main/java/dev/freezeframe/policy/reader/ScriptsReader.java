package dev.freezeframe.policy.reader;

import dev.freezeframe.policy.Scripts;
import dev.freezeframe.policy.Stage;
import dev.freezeframe.policy.field.DocumentField;
import dev.freezeframe.policy.field.DurationField;
import dev.freezeframe.policy.field.Flag;
import dev.freezeframe.policy.field.Section;
import dev.freezeframe.policy.field.StageField;
import dev.freezeframe.policy.field.WholeNumber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the scripts that run around a set; the limits are those of Data Lifecycle Manager. */
public final class ScriptsReader {
  public static final List<String> FIELDS =
      List.of(
          "document", "stages", "timeout", "retries", "fallBackToCrashConsistent", "freezeBudget");

  static final DurationField TIMEOUT = DurationField.between("10s", "120s");
  static final WholeNumber RETRIES = new WholeNumber(0, 3);
  static final DurationField FREEZE_BUDGET = DurationField.between("1s", "120s");

  private ScriptsReader() {}

  static Optional<Scripts> read(Section policy) {
    if (!policy.isSet("scripts")) {
      return Optional.empty();
    }
    Section scripts = policy.section("scripts", FIELDS);
    scripts.require("document", DocumentField.EXPECTED);
    Set<Stage> stages = readStages(scripts);
    boolean fallBack = scripts.read("fallBackToCrashConsistent", Flag.EITHER).orElse(true);
    return Optional.of(
        new Scripts(
            scripts.read("document", new DocumentField()).orElse(""),
            stages,
            scripts.read("timeout", TIMEOUT).orElse(Duration.ofSeconds(10)),
            scripts.read("retries", RETRIES).orElse(0),
            fallBack,
            scripts.read("freezeBudget", FREEZE_BUDGET).orElse(Duration.ofSeconds(30))));
  }

  private static Set<Stage> readStages(Section scripts) {
    List<Stage> stages =
        scripts
            .list("stages", new StageField(), 1, 2)
            .filter(read -> !read.isEmpty())
            .orElse(List.of(Stage.PRE, Stage.POST));
    if (Set.copyOf(stages).size() < stages.size()) {
      scripts.refuse("stages", "naming one stage twice", "each once");
    }
    return Set.copyOf(stages);
  }
}
