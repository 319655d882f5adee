package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.input.DidYouMean;
import dev.freezeframe.input.DurationText;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.restore.RestoreOrder;
import dev.freezeframe.restore.Destination;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.ec2.model.Instance;

/** What is to be restored in a rehearsal. */
final class RestoreFlags {
  private static final String INSTANCE = "instance=";
  private static final Duration LONGEST = Duration.ofDays(3_660);

  @Option(
      names = "--restore",
      paramLabel = "TO",
      description =
          "restores the newest set of each instance once all runs are complete: to volumes,"
              + " instance, instance=ID, new, in-place or root, as ./freezeframe restore --to")
  private String to;

  @Option(
      names = "--restore-instance",
      paramLabel = "ID",
      description = "restores the newest set of this instance alone")
  private String instance;

  @Option(
      names = "--restore-after",
      paramLabel = "DURATION",
      description = "how long after all is settled, such as 90m (default: at once)")
  private String after;

  @Option(
      names = "--restore-accept",
      paramLabel = "WORDS",
      split = ",",
      description =
          "restores sets as well that are CRASH or UNKNOWN, as ./freezeframe restore --accept"
              + " (default: they are refused)")
  private List<String> accept;

  /**
   * What is to be restored; empty: nothing.
   *
   * @throws BadInputException for a flag that cannot be used
   */
  Optional<RestoreOrder> order(Fleet fleet) {
    if (to == null) {
      refuse("--restore-instance", instance);
      refuse("--restore-after", after);
      refuse("--restore-accept", accept);
      return Optional.empty();
    }
    Optional<InstanceId> target =
        to.startsWith(INSTANCE)
            ? Optional.of(known(fleet, "--restore instance", to.substring(INSTANCE.length())))
            : Optional.empty();
    return Optional.of(
        new RestoreOrder(
            destination(target.isPresent() ? Destination.INSTANCE.word() : to),
            target,
            Optional.ofNullable(instance).map(id -> known(fleet, "--restore-instance", id)),
            Optional.ofNullable(after).map(RestoreFlags::duration).orElse(Duration.ZERO),
            accept == null ? List.of() : accept.stream().map(RestoreFlags::accepted).toList(),
            true));
  }

  private static void refuse(String flag, Object given) {
    if (given != null) {
      throw new BadInputException(
          "%s is given without --restore, expected both: it says what of a restore"
              .formatted(flag));
    }
  }

  private static Destination destination(String word) {
    return Stream.of(Destination.values())
        .filter(one -> one.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "--restore is '%s', expected volumes, instance, instance=ID, new, in-place or root%s"
                        .formatted(
                            word,
                            DidYouMean.to(
                                    word,
                                    Arrays.stream(Destination.values())
                                        .map(Destination::word)
                                        .toList())
                                .map("; did you mean %s?"::formatted)
                                .orElse(""))));
  }

  private static InstanceId known(Fleet fleet, String flag, String id) {
    return fleet.instances().stream()
        .map(Instance::instanceId)
        .filter(id::equals)
        .findFirst()
        .map(InstanceId::new)
        .orElseThrow(
            () ->
                new BadInputException(
                    "%s is '%s', expected the id of an instance of the fleet".formatted(flag, id)));
  }

  private static Duration duration(String text) {
    return DurationText.parse(text)
        .filter(length -> !length.isNegative() && length.compareTo(LONGEST) <= 0)
        .orElseThrow(
            () ->
                new BadInputException(
                    "--restore-after is '%s', expected a duration such as 90m (d, h, m or s), %s at most"
                        .formatted(text, DurationText.inWords(LONGEST))));
  }

  private static Consistency accepted(String word) {
    return Stream.of(Consistency.CRASH, Consistency.UNKNOWN)
        .filter(one -> one.name().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "--restore-accept is '%s', expected CRASH, UNKNOWN or both".formatted(word)));
  }
}
