package dev.freezeframe.operator.restore.text;

import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.restore.RestoredVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an undo or a clean-up of a restore would do, in sentences. */
public final class UndoText {
  private UndoText() {}

  /** Why there is nothing to undo; empty: there is something. */
  public static Optional<String> nothing(RestoreRow row) {
    return switch (row.status()) {
      case REFUSED -> Optional.of("%s was refused before anything was created".formatted(row.id()));
      case UNDONE -> Optional.of("%s is undone already".formatted(row.id()));
      case RUNNING, SUCCEEDED, FAILED -> Optional.empty();
    };
  }

  /** What an undo would do. */
  public static List<String> undo(RestoreRow row, RestorePlan plan) {
    List<String> words = new ArrayList<>();
    if (row.status() == Status.RUNNING) {
      words.add("The restore goes on: what it has not done yet is not done.");
    }
    if (row.notUndone()) {
      words.add("It is tried every five minutes as it is; an execution tries it again now.");
    }
    words.addAll(
        switch (plan.request().to()) {
          case VOLUMES ->
              List.of("The volumes that it created are deleted, unless they are attached.");
          case INSTANCE ->
              List.of(
                  "Its volumes are detached from %s, which goes on, and deleted: unmount them in the guest first."
                      .formatted(plan.target().orElseThrow()));
          case NEW ->
              List.of(
                  "The instance that it launched is terminated%s, its image is deregistered, and its volumes are deleted: what was written there since is lost."
                      .formatted(row.launched().map(" (%s)"::formatted).orElse("")));
          case IN_PLACE -> inPlace(row, plan);
          case ROOT ->
              List.of(
                  "%s gets its old root back: it is stopped, its roots are swapped, and it is started; the restored root is kept."
                      .formatted(plan.target().orElseThrow()));
        });
    return words;
  }

  private static List<String> inPlace(RestoreRow row, RestorePlan plan) {
    String target = plan.target().orElseThrow().value();
    List<String> words = new ArrayList<>();
    words.add(
        row.reached().containsKey(Stage.RUNNING)
            ? "%s is stopped: it is down meanwhile, for minutes.".formatted(target)
            : "%s stays stopped until it has its old volumes.".formatted(target));
    plan.replaced()
        .forEach(
            old ->
                words.add(
                    "%s is attached again as %s, as it was when it was replaced."
                        .formatted(old.volume(), old.device())));
    words.add(plan.running() ? "%s is started.".formatted(target) : target + " stays stopped.");
    words.add(
        row.reached().containsKey(Stage.RUNNING)
            ? "The restored volumes are detached and kept, since %s ran with them; clean deletes them."
                .formatted(target)
            : "The volumes that it created are deleted, unless %s has run with them."
                .formatted(target));
    return words;
  }

  /** Why there is nothing to clean up; empty: there is something. */
  public static Optional<String> nothingLeft(RestoreRow row, List<RestoredVolume> volumes) {
    return switch (row.status()) {
      case REFUSED -> Optional.of("%s was refused before anything was created".formatted(row.id()));
      case RUNNING -> Optional.of("%s goes on; undo ends it".formatted(row.id()));
      case SUCCEEDED ->
          Optional.of(
              "%s succeeded, so that nothing is left over; undo takes it back".formatted(row.id()));
      case UNDONE, FAILED ->
          !row.notUndone()
                  && volumes.stream().allMatch(volume -> volume.gone().isPresent())
                  && row.image().isEmpty()
                  && row.launched().isEmpty()
              ? Optional.of("nothing of %s is left".formatted(row.id()))
              : Optional.empty();
    };
  }

  /** What a clean-up would do. */
  public static List<String> clean(RestoreRow row, RestorePlan plan, List<RestoredVolume> volumes) {
    List<String> words = new ArrayList<>();
    if (row.notUndone()) {
      words.add(
          "Its undo is tried no more%s."
              .formatted(
                  plan.target()
                      .map("; %s stays as it is now, and is yours to put back"::formatted)
                      .orElse("")));
    }
    volumes.stream()
        .filter(volume -> volume.gone().isEmpty())
        .forEach(
            volume ->
                words.add(
                    "%s (of %s) is deleted, unless it is attached to an instance."
                        .formatted(
                            volume
                                .volume()
                                .map(Object::toString)
                                .orElse("A volume that EC2 may have created"),
                            volume.creation().snapshot())));
    if (plan.launch().isPresent()) {
      words.add(
          "The instance that it launched is terminated%s, and its image is deregistered."
              .formatted(row.launched().map(" (%s)"::formatted).orElse("")));
    }
    if (!words.isEmpty()) {
      words.add("The old volumes that were replaced stay: they are yours to delete.");
    }
    return words;
  }
}
