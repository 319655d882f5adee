package dev.freezeframe.restore.plan;

import dev.freezeframe.common.English;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.view.TargetView;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether a request fits its destination. */
final class RequestRules {
  /** The sum of rates in a Region, in MiB/s (EBS User Guide, ebs-resource-quotas). */
  static final int MAX_RATE = 5_000;

  /** Characters in the value of a tag. */
  static final int MAX_VALUE = 256;

  /** How many tags a resource can have; ours are among them. */
  static final int MAX_TAGS = 50;

  static final List<Function<Question, Stream<String>>> TABLE =
      List.of(
          RequestRules::targetMissing,
          RequestRules::targetToo,
          RequestRules::leave,
          RequestRules::name,
          RequestRules::longName,
          RequestRules::zone,
          RequestRules::rate,
          RequestRules::tags);

  private RequestRules() {}

  private static Stream<String> targetMissing(Question question) {
    RestoreRequest request = question.request();
    return when(
        request.to() == Destination.INSTANCE && request.target().isEmpty(),
        "--to instance names no instance, expected instance=i-...");
  }

  private static Stream<String> targetToo(Question question) {
    RestoreRequest request = question.request();
    return request.target().stream()
        .filter(target -> request.to() != Destination.INSTANCE)
        .filter(target -> !(request.to().changesInstance() && question.own(target)))
        .map(
            target ->
                "%s is named for --to %s, expected an instance for --to instance alone"
                    .formatted(target, request.to().word()));
  }

  private static Stream<String> leave(Question question) {
    RestoreRequest request = question.request();
    return when(
        !request.leave().isEmpty() && request.to() != Destination.IN_PLACE,
        "--leave is %s, expected it for --to in-place alone: nothing else detaches a volume"
            .formatted(English.and(request.leave())));
  }

  private static Stream<String> name(Question question) {
    RestoreRequest request = question.request();
    return when(
        request.name().isPresent() && request.to() != Destination.NEW,
        "--name is given, expected it for --to new alone: nothing else launches an instance");
  }

  private static Stream<String> longName(Question question) {
    return question.request().name().stream()
        .mapToInt(name -> name.codePointCount(0, name.length()))
        .filter(length -> length > MAX_VALUE)
        .mapToObj(
            length -> "--name has %d characters, expected %d at most".formatted(length, MAX_VALUE));
  }

  private static Stream<String> zone(Question question) {
    RestoreRequest request = question.request();
    if (question.target().isPresent()) {
      TargetView target = question.target().get();
      return request.zone().stream()
          .filter(zone -> !zone.equals(target.zone()))
          .map(
              zone ->
                  "--zone is %s, expected %s, where %s is: a volume is attached in its own zone"
                      .formatted(zone, target.zone(), target.instance()));
    }
    return when(
        !request.to().changesInstance() && question.zone().isEmpty(),
        "the zone of the old volumes is not on record, expected --zone");
  }

  private static Stream<String> rate(Question question) {
    int volumes =
        question.request().to() == Destination.ROOT ? 1 : question.view().set().members().size();
    return question.request().initializeMiBps().stream()
        .filter(rate -> rate * volumes > MAX_RATE)
        .mapToObj(
            rate ->
                "--initialize %d for %s is %,d MiB/s, expected %,d at most, which is EC2's limit in a Region; %s"
                    .formatted(
                        rate,
                        English.count(volumes, "volume", "volumes"),
                        rate * volumes,
                        MAX_RATE,
                        MAX_RATE / volumes < 100
                            ? "leave it out"
                            : "%d fits".formatted(MAX_RATE / volumes)));
  }

  private static Stream<String> tags(Question question) {
    return question.members().stream()
        .filter(
            volume -> CopiedTags.of(volume, question.request()).size() > MAX_TAGS - CopiedTags.OURS)
        .map(
            volume ->
                "the copy of %s would have %d tags and %d of ours, expected %d at most; --no-tags KEYS leaves some out"
                    .formatted(
                        volume.volume(),
                        CopiedTags.of(volume, question.request()).size(),
                        CopiedTags.OURS,
                        MAX_TAGS));
  }

  static Stream<String> when(boolean so, String why) {
    return so ? Stream.of(why) : Stream.empty();
  }
}
