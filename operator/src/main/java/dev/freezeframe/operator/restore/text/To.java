package dev.freezeframe.operator.restore.text;

import dev.freezeframe.common.English;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Quoted;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.restore.Destination;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where to, as it is given: {@code volumes}, {@code instance=i-...}, {@code new}, {@code in-place}
 * or {@code root}.
 */
public record To(Destination destination, Optional<InstanceId> target) {

  /**
   * Reads it.
   *
   * @throws BadInputException if it is something else
   */
  public static To parse(String text) {
    int equals = text.indexOf('=');
    String word = equals < 0 ? text : text.substring(0, equals);
    Optional<Destination> destination =
        Stream.of(Destination.values()).filter(one -> one.word().equals(word)).findFirst();
    boolean target = destination.equals(Optional.of(Destination.INSTANCE));
    if (destination.isEmpty() || target != (equals >= 0)) {
      throw new BadInputException(
          "--to is %s, expected %s"
              .formatted(
                  Quoted.quote(text),
                  English.or(
                      Stream.of(Destination.values())
                          .map(one -> one == Destination.INSTANCE ? "instance=i-..." : one.word())
                          .toList())));
    }
    try {
      return new To(
          destination.get(),
          target ? Optional.of(new InstanceId(text.substring(equals + 1))) : Optional.empty());
    } catch (IllegalArgumentException malformed) {
      throw new BadInputException("--to: " + malformed.getMessage());
    }
  }

  @Override
  public String toString() {
    return destination.word() + target.map(instance -> "=" + instance).orElse("");
  }
}
