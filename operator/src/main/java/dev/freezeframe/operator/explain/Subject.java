package dev.freezeframe.operator.explain;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.Paragraph;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.retention.Explanation;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import picocli.CommandLine;

/** What is to be explained: a snapshot or an instance. */
public final class Subject {
  /** Exit status: what was asked for is not in the ledger. */
  public static final int NOT_THERE = 1;

  private final String id;
  private final Function<Explanation, List<String>> question;

  private Subject(String id, Function<Explanation, List<String>> question) {
    this.id = id;
    this.question = question;
  }

  /**
   * What an id stands for.
   *
   * @throws BadInputException if it is neither
   */
  public static Subject of(String id) {
    try {
      if (id.startsWith("snap-")) {
        SnapshotId snapshot = new SnapshotId(id);
        return new Subject(id, explanation -> explanation.of(snapshot));
      }
      if (id.startsWith("i-")) {
        InstanceId instance = new InstanceId(id);
        return new Subject(id, explanation -> explanation.of(instance));
      }
    } catch (IllegalArgumentException malformed) {
      throw new BadInputException(malformed.getMessage());
    }
    throw new BadInputException(
        "ID is '%s', expected a snapshot (snap-...) or an instance (i-...)".formatted(id));
  }

  /**
   * Prints the explanation.
   *
   * @param columns how wide a line may be; empty: as long as it is
   * @return the exit status
   */
  public int explain(Ledger ledger, Instant now, CommandLine line, OptionalInt columns) {
    List<String> words = question.apply(new Explanation(ledger, now));
    if (words.isEmpty()) {
      line.getErr().println("%s is not in the ledger".formatted(id));
      return NOT_THERE;
    }
    words.stream()
        .flatMap(word -> Paragraph.lines(columns, Sentence.of(word)).stream())
        .forEach(line.getOut()::println);
    return 0;
  }
}
