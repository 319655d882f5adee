package dev.freezeframe.rehearsal.ssm.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a document acts on a guest, as it says itself. Nothing is guessed from the commands in its
 * scripts: there is no list of all that holds an application still.
 *
 * <p>It says so by a line {@code freezeframe-rehearsal: holds=data timer=60} anywhere in a script,
 * with {@code unmounts} behind what it holds if it unmounts that, or in a file beside it; ours are
 * known by the name in their stamps. Another is assumed to hold every volume until its post-script,
 * which is the harsher side: its guest stands still for longest. A copy of our template whose
 * parameter {@code mountPoints} is {@code none} is assumed to hold no volume, as it names none.
 *
 * @param stamps whether it prints {@code FREEZEFRAME event=...}, arms its own timer and keeps DLM's
 *     contract to the letter
 * @param document the name that its stamps have for it
 * @param timer after how long a freeze ends by itself, where that is no parameter; empty: never, or
 *     by the parameter of a document with stamps
 * @param unmounts whether it holds file systems by unmounting them
 * @param assumed whether it does not say what it holds
 */
public record DocumentBehaviour(
    Holds holds,
    boolean stamps,
    String document,
    Optional<Duration> timer,
    boolean unmounts,
    boolean assumed) {

  /** Which volumes stand still between its scripts. */
  public enum Holds {
    ALL,
    /** All but the boot volume. */
    DATA,
    /** It holds something, on no volume. */
    NO_VOLUME,
    /** It holds nothing at all. */
    NONE
  }

  private static final Pattern STAMPS = Pattern.compile("FREEZEFRAME event=");
  private static final Pattern DOCUMENT =
      Pattern.compile("document='?([a-z][a-z-]*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern MARKER =
      Pattern.compile(
          "freezeframe-rehearsal: *holds=(all|data|none)(?:[ ,]+(unmounts))?(?:["
              + " ,]+timer=(\\d{1,4}))?\\b");

  /** As docs/ssm-documents.md says of ours; the template is as its copy fills it. */
  private static final Map<String, Holds> OURS =
      Map.ofEntries(
          Map.entry("filesystem", Holds.DATA),
          Map.entry("unmount", Holds.DATA),
          Map.entry("mysql", Holds.DATA),
          Map.entry("postgresql", Holds.DATA),
          Map.entry("windows-vss", Holds.ALL),
          Map.entry("template", Holds.NO_VOLUME),
          Map.entry("sync", Holds.NONE),
          Map.entry("patch", Holds.NONE),
          Map.entry("drill-filesystem", Holds.NONE),
          Map.entry("drill-postgresql", Holds.NONE),
          Map.entry("drill-mysql", Holds.NONE));

  /** Windows ends a freeze by itself. */
  private static final Map<String, Duration> LIMITS = Map.of("windows-vss", Duration.ofSeconds(10));

  /**
   * Reads it from the text of a step.
   *
   * @param name of the document, for one that does not give its stamps another
   * @param freezesFileSystems whether its parameters leave it any to freeze
   */
  public static DocumentBehaviour of(String text, String name, boolean freezesFileSystems) {
    boolean stamps = STAMPS.matcher(text).find();
    Matcher named = DOCUMENT.matcher(text);
    String document = stamps && named.find() ? named.group(1) : name;
    Matcher marker = MARKER.matcher(text);
    if (marker.find()) {
      return new DocumentBehaviour(
          Holds.valueOf(marker.group(1).toUpperCase(Locale.ROOT)),
          stamps,
          document,
          Optional.ofNullable(marker.group(3)).map(Long::parseLong).map(Duration::ofSeconds),
          marker.group(2) != null,
          false);
    }
    if (stamps && OURS.containsKey(document)) {
      return new DocumentBehaviour(
          OURS.get(document),
          true,
          document,
          Optional.ofNullable(LIMITS.get(document)),
          document.equals("unmount"),
          false);
    }
    return new DocumentBehaviour(
        stamps ? ofStamps(freezesFileSystems) : Holds.ALL,
        stamps,
        document,
        Optional.empty(),
        false,
        true);
  }

  private static Holds ofStamps(boolean freezesFileSystems) {
    return freezesFileSystems ? Holds.DATA : Holds.NO_VOLUME;
  }

  /**
   * Whether the parameters of a document leave it a file system to freeze, where nobody sets one.
   */
  public static boolean freezesFileSystems(JsonNode document) {
    return !document
        .path("parameters")
        .path("mountPoints")
        .path("default")
        .asText("")
        .equals("none");
  }

  /** The same document, of which someone says what it holds. */
  DocumentBehaviour described(HoldDescription said) {
    return new DocumentBehaviour(said.holds(), stamps, document, said.timer(), unmounts, false);
  }

  /** Whether its guest stands still between its scripts. */
  public boolean freezes() {
    return holds != Holds.NONE;
  }

  /** Whether a freeze of it ends by itself. */
  public boolean timed() {
    return stamps || timer.isPresent();
  }
}
