package dev.freezeframe.policy.field;

import dev.freezeframe.policy.Stage;
import java.util.Optional;

/** Reads the name of a stage. */
public final class StageField implements Field<Stage> {

  @Override
  public Optional<Stage> read(Entry entry) {
    return switch (entry.text().orElse("")) {
      case "pre" -> Optional.of(Stage.PRE);
      case "post" -> Optional.of(Stage.POST);
      default -> entry.refuse("pre or post");
    };
  }
}
