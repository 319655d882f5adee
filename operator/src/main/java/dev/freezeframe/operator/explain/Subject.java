package dev.freezeframe.operator.explain;

import dev.freezeframe.common.AttemptId;
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

/** What is to be explained: a snapshot, a snapshot set or an instance. */
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
   * Returns the subject of an id.
   *
   * @param instance how an instance can be given, such as {@code i-...}
   * @throws BadInputException if it names neither
   */
  public static Subject of(String id, String instance) {
    try {
      if (id.startsWith("snap-")) {
        SnapshotId snapshot = new SnapshotId(id);
        return new Subject(id, explanation -> explanation.of(snapshot));
      }
      if (id.startsWith("i-")) {
        InstanceId known = new InstanceId(id);
        return new Subject(id, explanation -> explanation.of(known));
      }
    } catch (IllegalArgumentException malformed) {
      throw new BadInputException(malformed.getMessage());
    }
    if (AttemptId.isWellFormed(id)) {
      AttemptId set = new AttemptId(id);
      return new Subject(id, explanation -> explanation.of(set));
    }
    throw new BadInputException(
        "ID is '%s', expected a snapshot (snap-...), an instance (%s) or a set (the tag freezeframe:set)"
            .formatted(id, instance));
  }

  /**
   * Prints the explanation.
   *
   * @param source that the ledger was read from, such as a table or a file
   * @param columns how wide a line may be; empty: as long as it is
   * @return the exit status
   */
  public int explain(
      Ledger ledger, String source, Instant now, CommandLine line, OptionalInt columns) {
    List<String> words = question.apply(new Explanation(ledger, now));
    if (words.isEmpty()) {
      line.getErr().println("%s is not in the ledger of %s".formatted(id, source));
      return NOT_THERE;
    }
    words.stream()
        .flatMap(word -> Paragraph.lines(columns, Sentence.of(word)).stream())
        .forEach(line.getOut()::println);
    return 0;
  }
}
