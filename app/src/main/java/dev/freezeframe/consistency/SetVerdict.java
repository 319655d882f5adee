package dev.freezeframe.consistency;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.marker.HeldVolumes;
import dev.freezeframe.consistency.script.PreScriptRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The verdicts on a set and on each of its volumes; the set has that of its weakest volume.
 *
 * <p>All have one point in time, so that a volume that nothing held is crash-consistent beside
 * volumes that were.
 *
 * @param whole on the set; its reason names the volumes that make it less than others
 * @param apart on the volumes of which the verdict is not that on the set
 */
public record SetVerdict(Verdict whole, Map<VolumeId, Verdict> apart) {
  /** How many volumes a reason names. */
  private static final int NAMED = 3;

  private static final Comparator<Verdict> WEAKER =
      Comparator.comparing(Verdict::consistency)
          .thenComparing(verdict -> verdict.proof().orElse(Proof.PROVED));

  public SetVerdict {
    SortedMap<VolumeId, Verdict> sorted = new TreeMap<>(apart);
    apart = Collections.unmodifiableMap(sorted);
  }

  /** The same verdict on all volumes of a set. */
  public static SetVerdict on(Verdict all) {
    return new SetVerdict(all, Map.of());
  }

  /** Nothing is proved of any volume. */
  public static SetVerdict unknown(String reason) {
    return on(new Verdict(Consistency.UNKNOWN, Optional.empty(), reason));
  }

  /** Judges a set by the evidence on its guest, and by what is known of each volume. */
  public static SetVerdict of(Evidence evidence, Collection<TakenVolume> volumes) {
    Verdict guest = Verdict.of(evidence);
    if (guest.consistency() != Consistency.APPLICATION) {
      return on(guest);
    }
    Optional<HeldVolumes> held =
        evidence.quiescent() ? Optional.empty() : evidence.pre().flatMap(PreScriptRun::held);
    SortedMap<VolumeId, Verdict> each = new TreeMap<>();
    List<String> words = new ArrayList<>();
    for (TakenVolume volume : volumes) {
      Optional<String> unheld = unheld(volume, held);
      each.put(
          volume.volume(),
          unheld.map(why -> new Verdict(Consistency.CRASH, Optional.empty(), why)).orElse(guest));
      unheld.ifPresent(why -> words.add("%s: %s".formatted(volume.words(), why)));
    }
    Verdict weakest = each.values().stream().max(WEAKER).orElse(guest);
    if (words.isEmpty()) {
      return on(guest);
    }
    each.values().removeIf(verdict -> verdict.consistency() == weakest.consistency());
    return new SetVerdict(
        new Verdict(weakest.consistency(), weakest.proof(), reason(words, each.size(), guest)),
        each);
  }

  /** Why nothing held a volume over the point in time; empty: something did, or is believed to. */
  private static Optional<String> unheld(TakenVolume volume, Optional<HeldVolumes> held) {
    if (!volume.elsewhere().isEmpty()) {
      return Optional.of(
          "it is attached to %s as well, which may write to it"
              .formatted(
                  volume.elsewhere().stream()
                      .map(instance -> instance.value())
                      .limit(NAMED)
                      .collect(Collectors.joining(", "))));
    }
    if (held.map(known -> known.holds(volume.volume())).orElse(true)) {
      return Optional.empty();
    }
    String why =
        held.flatMap(known -> Optional.ofNullable(known.unheld().get(volume.volume())))
            .orElse("the document does not name it among what it held");
    return Optional.of(
        volume.boot()
            ? why + "; it boots the instance, and volumes.excludeBoot leaves it out"
            : why);
  }

  private static String reason(List<String> unheld, int others, Verdict guest) {
    String named = unheld.stream().limit(NAMED).collect(Collectors.joining("; "));
    String more = unheld.size() > NAMED ? "; and %d more".formatted(unheld.size() - NAMED) : "";
    return "nothing held %s%s%s"
        .formatted(
            named, more, others == 0 ? "" : ". The other %d: %s".formatted(others, guest.reason()));
  }

  /** The verdict on one volume. */
  public Verdict of(VolumeId volume) {
    return apart.getOrDefault(volume, whole);
  }

  /** Whether the scripts, or a stop, held at least some of it. */
  public boolean heldSomething() {
    return whole.consistency() == Consistency.APPLICATION
        || apart.values().stream()
            .anyMatch(verdict -> verdict.consistency() == Consistency.APPLICATION);
  }
}
