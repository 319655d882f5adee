package dev.freezeframe.operator.restore;

import dev.freezeframe.operator.cli.ProgressLine;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.operator.restore.RestoreOrders.Ended;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreLedger;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoredVolume;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;

/** How a restore stands, in sentences, and how to see more of it. */
final class RestoreEnd {
  private RestoreEnd() {}

  /** How to see how far a restore is. */
  static String seen(RestoreId id, String deployment) {
    return "./freezeframe restore show %s%s --watch says how far it is.".formatted(id, deployment);
  }

  /** Watches a restore to its end; who interrupts it is told that the restore goes on. */
  static Optional<RestoreRow> watch(
      CommandLine line,
      Terminal terminal,
      RestoreWatch watch,
      RestoreId id,
      String deployment,
      Instant since,
      Supplier<Optional<Ended>> execution) {
    try (ProgressLine progress =
        new ProgressLine(
            line.getErr(),
            terminal,
            () -> "Interrupted: the restore goes on. " + seen(id, deployment))) {
      return watch.toEnd(id, since, execution, progress);
    }
  }

  /** Prints a restore: its status and why, and what has become of each volume. */
  static void print(RestoreRow row, RestoreLedger ledger, PrintWriter out) {
    out.println(Sentence.of("%s is %s: %s".formatted(row.id(), row.status(), row.reason())));
    row.launched().ifPresent(instance -> out.println("  %s was launched".formatted(instance)));
    row.image()
        .ifPresent(image -> out.println("  the image %s is there".formatted(Sentence.of(image))));
    for (RestoredVolume volume : ledger.restoredVolumes(row.id())) {
      out.println("  " + Sentence.of(words(volume)));
    }
    out.flush();
  }

  private static String words(RestoredVolume volume) {
    List<String> words = new ArrayList<>();
    words.add(volume.volume().map(Object::toString).orElse("no volume yet"));
    words.add(
        "of %s, for %s".formatted(volume.creation().snapshot(), volume.creation().original()));
    volume
        .attachedTo()
        .ifPresent(
            instance ->
                words.add(
                    "attached to %s%s"
                        .formatted(
                            instance, volume.creation().device().map(" as "::concat).orElse(""))));
    volume.gone().ifPresent(why -> words.add("gone: " + why));
    return String.join(", ", words);
  }
}
