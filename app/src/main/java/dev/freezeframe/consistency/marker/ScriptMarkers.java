package dev.freezeframe.consistency.marker;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.VolumeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The lines that our documents print, one for each event: {@code FREEZEFRAME event=frozen at=...
 * ...}.
 *
 * <p>The times are the guest's. Documents of others print none.
 */
public final class ScriptMarkers {
  private static final Pattern VOLUME = Pattern.compile("vol-[0-9a-f]{8,17}");

  private static final Pattern FAILURE =
      Pattern.compile("^FREEZEFRAME event=(problem|refused|failed|thaw-failed) ");

  /** Of a cause, which goes into reasons. */
  private static final int MAX_LENGTH = 200;

  private final String output;

  private ScriptMarkers(String output) {
    this.output = output;
  }

  public static ScriptMarkers of(String output) {
    return new ScriptMarkers(output);
  }

  /** Whether there is any: the document is one of ours. */
  public boolean any() {
    return output.startsWith("FREEZEFRAME event=") || output.contains("\nFREEZEFRAME event=");
  }

  /**
   * The volumes that were held, by the last stamp {@code held} of this attempt; empty: there is
   * none. A value that is no volume's id names none.
   *
   * <p>This stamp alone adds to a verdict. So it has to name the attempt: what an application in
   * the guest prints, or what is left of an earlier run, does not know it.
   */
  public Optional<HeldVolumes> held(AttemptId attempt) {
    List<String> held =
        stamped(attempt).filter(line -> line.startsWith("FREEZEFRAME event=held ")).toList();
    if (held.isEmpty()) {
      return Optional.empty();
    }
    Map<VolumeId, String> unheld = new TreeMap<>();
    for (String line : lines("unheld")) {
      String cause =
          LogSafe.of(value(line, "cause").orElse("the document did not hold it"), MAX_LENGTH);
      volumes(line).forEach(volume -> unheld.put(volume, cause));
    }
    return Optional.of(new HeldVolumes(volumes(held.get(held.size() - 1)), unheld));
  }

  /**
   * Why a script failed or refused, in its own words: each problem that it names, then the failure;
   * without what could break a log. None of a document of others.
   */
  public List<String> causes() {
    return output
        .lines()
        .filter(line -> FAILURE.matcher(line).find())
        .flatMap(line -> value(line, "cause").stream())
        .map(cause -> LogSafe.of(cause, MAX_LENGTH))
        .filter(cause -> !cause.isBlank())
        .distinct()
        .toList();
  }

  /** When each event happened that names an execution: the last of each name. */
  public Map<String, Instant> times(AttemptId execution) {
    Map<String, Instant> times = new TreeMap<>();
    stamped(execution)
        .forEach(
            line ->
                value(line, "event")
                    .ifPresent(
                        event ->
                            value(line, "at")
                                .flatMap(GuestTime::parse)
                                .ifPresent(at -> times.put(event, at))));
    return times;
  }

  /** What a drill's document says that it has not checked. */
  public List<String> unchecked(AttemptId execution) {
    return stamped(execution)
        .filter(line -> value(line, "event").equals(Optional.of("skipped")))
        .map(
            line ->
                LogSafe.of(
                    "%s (%s) was not checked: it holds %s"
                        .formatted(
                            value(line, "device").orElse("a volume"),
                            value(line, "volume").orElse("unknown"),
                            value(line, "kind").orElse("something unknown")),
                    MAX_LENGTH))
        .distinct()
        .toList();
  }

  private Stream<String> stamped(AttemptId execution) {
    return output
        .lines()
        .filter(line -> line.startsWith("FREEZEFRAME event="))
        .filter(line -> value(line, "execution").equals(Optional.of(execution.value())));
  }

  private List<String> lines(String event) {
    return output
        .lines()
        .filter(line -> line.startsWith("FREEZEFRAME event=" + event + " "))
        .toList();
  }

  private static List<VolumeId> volumes(String line) {
    List<VolumeId> volumes = new ArrayList<>();
    for (String id : value(line, "volumes").orElse("").split(",", -1)) {
      if (VOLUME.matcher(id).matches()) {
        volumes.add(new VolumeId(id));
      }
    }
    return volumes;
  }

  /** A value as docs/ssm-documents.md writes it: bare, or in quotes. */
  private static Optional<String> value(String line, String key) {
    Matcher found =
        Pattern.compile(" " + key + "=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S*))").matcher(line);
    if (!found.find()) {
      return Optional.empty();
    }
    return Optional.of(
        found.group(1) == null ? found.group(2) : found.group(1).replaceAll("\\\\(.)", "$1"));
  }

  /** When an event happened: the last of that name. */
  public Optional<Instant> at(String event) {
    Matcher line =
        Pattern.compile(
                "^FREEZEFRAME event=" + Pattern.quote(event) + " at=(\\S+)", Pattern.MULTILINE)
            .matcher(output);
    Optional<Instant> last = Optional.empty();
    while (line.find()) {
      last = GuestTime.parse(line.group(1));
    }
    return last;
  }
}
