package dev.freezeframe.operator.doctor.check.fleet;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.VolumeSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What would break a restore of sets today, though they are whole: a key that cannot be used, an
 * image, a subnet or a security group that is gone, an instance type that is offered no more.
 *
 * @param troubles a sentence for each, with whose sets they are
 * @param notes what AWS was asked and did not answer, so that nobody takes silence for good news
 */
public record RestoreRisks(List<String> troubles, List<String> notes) {
  /** Nothing, and nothing was asked. */
  public static final RestoreRisks NONE = new RestoreRisks(List.of(), List.of());

  private static final int MAX_NAMED = 3;
  private static final int MAX_TEXT = 120;

  public RestoreRisks {
    troubles = List.copyOf(troubles);
    notes = List.copyOf(notes);
  }

  /**
   * What has to be asked about some sets.
   *
   * @param keys ARNs of the keys that encrypt their volumes, each with the instances
   * @param images from which new instances of them start: of sets without their boot volume, since
   *     others start from that
   * @param offerings that new instances of them need
   * @param subnets in which new instances of them start
   * @param groups security groups that new instances of them have
   */
  public record Needs(
      SortedMap<String, Set<InstanceId>> keys,
      SortedMap<String, Set<InstanceId>> images,
      Map<Offering, Set<InstanceId>> offerings,
      SortedMap<String, Set<InstanceId>> subnets,
      SortedMap<String, Set<InstanceId>> groups) {

    /** Those of the living sets. */
    public static Needs of(Collection<RestoreFacts> living) {
      Needs needs =
          new Needs(
              new TreeMap<>(),
              new TreeMap<>(),
              new LinkedHashMap<>(),
              new TreeMap<>(),
              new TreeMap<>());
      living.forEach(needs::add);
      return needs;
    }

    private void add(RestoreFacts facts) {
      for (VolumeSettings volume : facts.volumes()) {
        volume.kmsKeyId().ifPresent(key -> add(keys, key, facts));
      }
      Optional<InstanceSettings> settings = facts.settings();
      if (facts.volumes().stream().noneMatch(VolumeSettings::boot)) {
        settings.flatMap(InstanceSettings::image).ifPresent(image -> add(images, image, facts));
      }
      settings
          .flatMap(
              known ->
                  known.type().flatMap(type -> known.zone().map(zone -> new Offering(type, zone))))
          .ifPresent(offering -> add(offerings, offering, facts));
      settings.flatMap(InstanceSettings::subnet).ifPresent(subnet -> add(subnets, subnet, facts));
      settings.ifPresent(
          known -> known.securityGroups().forEach(group -> add(groups, group, facts)));
    }

    private static <K> void add(Map<K, Set<InstanceId>> map, K key, RestoreFacts facts) {
      map.computeIfAbsent(key, any -> new TreeSet<>()).add(facts.instance());
    }
  }

  /**
   * What AWS answered.
   *
   * @param keys the state of each, in KMS's words; empty: there is no such key
   * @param images the state of those that EC2 shows, in its words
   * @param offerings those that EC2 has, of the types that were asked for
   * @param subnets those that EC2 shows
   * @param groups those that EC2 shows
   */
  public record Answers(
      Map<String, Asked<Optional<String>>> keys,
      Asked<Map<String, String>> images,
      Asked<Set<Offering>> offerings,
      Asked<Set<String>> subnets,
      Asked<Set<String>> groups) {}

  /** Compares what is needed with what is there. */
  public static RestoreRisks of(Needs needs, Answers answers) {
    List<String> troubles = new ArrayList<>();
    TreeSet<String> notes = new TreeSet<>();
    needs
        .keys()
        .forEach(
            (key, whose) -> {
              Asked<Optional<String>> state = answers.keys().get(key);
              state
                  .value()
                  .ifPresentOrElse(
                      known -> key(key, known, whose).ifPresent(troubles::add),
                      () -> notes.add(unanswered("keys can be used", state)));
            });
    compare(needs.images(), answers.images(), "images are there", RestoreRisks::image)
        .into(troubles, notes);
    compare(
            needs.offerings(),
            answers.offerings(),
            "instance types are offered",
            RestoreRisks::offering)
        .into(troubles, notes);
    compare(needs.subnets(), answers.subnets(), "subnets are there", gone("subnet"))
        .into(troubles, notes);
    compare(needs.groups(), answers.groups(), "security groups are there", gone("security group"))
        .into(troubles, notes);
    return new RestoreRisks(troubles, List.copyOf(notes));
  }

  /** A sentence on something that is needed, if it is not among what AWS knows. */
  private interface Comparison<N, K> {
    Optional<String> trouble(N needed, K known, Set<InstanceId> instances);
  }

  private static <N, K> RestoreRisks compare(
      Map<N, Set<InstanceId>> needed, Asked<K> asked, String what, Comparison<N, K> comparison) {
    if (needed.isEmpty()) {
      return NONE;
    }
    if (asked.value().isEmpty()) {
      return new RestoreRisks(List.of(), List.of(unanswered(what, asked)));
    }
    K known = asked.value().get();
    return new RestoreRisks(
        needed.entrySet().stream()
            .flatMap(one -> comparison.trouble(one.getKey(), known, one.getValue()).stream())
            .toList(),
        List.of());
  }

  private void into(Collection<String> allTroubles, Collection<String> allNotes) {
    allTroubles.addAll(troubles);
    allNotes.addAll(notes);
  }

  private static Comparison<String, Set<String>> gone(String kind) {
    return (id, known, instances) ->
        known.contains(id)
            ? Optional.empty()
            : Optional.of(
                "%s %s is not there: a new instance of %s needs another one"
                    .formatted(kind, LogSafe.of(id, MAX_TEXT), named(instances)));
  }

  private static Optional<String> key(
      String key, Optional<String> state, Set<InstanceId> instances) {
    return state.equals(Optional.of("Enabled"))
        ? Optional.empty()
        : Optional.of(
            "key %s is %s: sets of %s that it encrypts cannot be restored"
                .formatted(LogSafe.of(key, MAX_TEXT), state.orElse("not there"), named(instances)));
  }

  private static Optional<String> image(
      String image, Map<String, String> known, Set<InstanceId> instances) {
    String state = known.getOrDefault(image, "not there, or not shared any more");
    return state.equals("available")
        ? Optional.empty()
        : Optional.of(
            "image %s is %s: sets of %s have no boot volume, and no new instance starts without it"
                .formatted(LogSafe.of(image, MAX_TEXT), state, named(instances)));
  }

  private static Optional<String> offering(
      Offering offering, Set<Offering> known, Set<InstanceId> instances) {
    return known.contains(offering)
        ? Optional.empty()
        : Optional.of(
            "instance type %s is not offered in %s: a new instance of %s needs another type or zone"
                .formatted(
                    LogSafe.of(offering.type(), MAX_TEXT),
                    LogSafe.of(offering.zone(), MAX_TEXT),
                    named(instances)));
  }

  private static String unanswered(String what, Asked<?> asked) {
    return "Whether %s that restores need is not known: %s %s"
        .formatted(what, asked.forbidden() ? "AWS" : "", asked.unanswered())
        .replace("  ", " ");
  }

  private static String named(Set<InstanceId> instances) {
    String first =
        instances.stream()
            .limit(MAX_NAMED)
            .map(InstanceId::value)
            .collect(Collectors.joining(", "));
    int more = instances.size() - MAX_NAMED;
    return more > 0 ? "%s and %d more".formatted(first, more) : first;
  }
}
