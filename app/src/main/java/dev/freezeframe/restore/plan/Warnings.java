package dev.freezeframe.restore.plan;

import dev.freezeframe.common.English;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.view.LaunchView;
import dev.freezeframe.restore.view.TargetView;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What is no reason to refuse a restore, and should be known before it is applied. */
final class Warnings {
  private static final int MAX_TAG = 60;

  private static final List<BiFunction<Question, RestorePlan, Stream<String>>> TABLE =
      List.of(
          Warnings::verdict,
          Warnings::claimed,
          Warnings::unknownTypes,
          Warnings::unknownTags,
          Warnings::tagsLeftOut,
          Warnings::otherDevices,
          Warnings::left,
          Warnings::rootAlone,
          Warnings::stop,
          Warnings::ownVolumesTwice,
          Warnings::autoScaling,
          Warnings::launch,
          Warnings::multiAttach);

  private Warnings() {}

  static List<String> of(Question question, RestorePlan plan) {
    return TABLE.stream().flatMap(row -> row.apply(question, plan)).toList();
  }

  private static Stream<String> verdict(Question question, RestorePlan plan) {
    return when(
        !question.view().set().consistency().equals(Optional.of(Consistency.APPLICATION)),
        "nothing proves that the volumes were held at their point in time: expect what follows a power failure");
  }

  private static Stream<String> claimed(Question question, RestorePlan plan) {
    return when(
        question.view().set().consistency().equals(Optional.of(Consistency.APPLICATION))
            && question.view().set().proof().equals(Optional.of(Proof.CLAIMED)),
        "the verdict rests on exit codes alone: the document does not say what it held");
  }

  private static Stream<String> unknownTypes(Question question, RestorePlan plan) {
    List<String> unknown =
        question.members().stream()
            .filter(volume -> Creations.type(volume).isEmpty())
            .map(volume -> volume.volume().value())
            .toList();
    return when(
        !unknown.isEmpty(),
        "type, IOPS and throughput of %s are not on record, and the volume is gone: the copy is %s with its defaults; aws ec2 modify-volume changes it"
            .formatted(English.and(unknown), Creations.DEFAULT_TYPE));
  }

  private static Stream<String> unknownTags(Question question, RestorePlan plan) {
    List<String> unknown =
        question.members().stream()
            .filter(volume -> volume.settings().isEmpty() && volume.live().isEmpty())
            .map(volume -> volume.volume().value())
            .toList();
    return when(
        !unknown.isEmpty(),
        "tags and DeleteOnTermination of %s are not on record: the copy gets no tags of it, and stays when its instance is terminated"
            .formatted(English.and(unknown)));
  }

  private static Stream<String> tagsLeftOut(Question question, RestorePlan plan) {
    return question.view().facts().stream()
        .flatMap(facts -> facts.tagsLeftOut().entrySet().stream())
        .filter(
            of ->
                plan.launch().isPresent()
                    || plan.volumes().stream()
                        .anyMatch(volume -> volume.original().value().equals(of.getKey())))
        .map(
            of ->
                "%d tags of %s are not on record, since there was no room: the copy does not get them"
                    .formatted(of.getValue(), of.getKey()));
  }

  private static Stream<String> otherDevices(Question question, RestorePlan plan) {
    if (plan.request().to() == Destination.VOLUMES) {
      return Stream.empty();
    }
    return question.members().stream()
        .flatMap(
            volume ->
                plan.volumes().stream()
                    .filter(creation -> creation.snapshot().equals(volume.member().snapshot()))
                    .filter(creation -> !creation.device().equals(volume.device()))
                    .map(creation -> device(volume, creation)));
  }

  private static String device(MemberVolume volume, Creation creation) {
    return "the copy of %s is attached as %s, since %s"
        .formatted(
            volume.volume(),
            creation.device().orElse("nothing"),
            volume
                .device()
                .map("%s is taken there"::formatted)
                .orElse("its device is not on record"));
  }

  private static Stream<String> left(Question question, RestorePlan plan) {
    if (plan.request().to() != Destination.IN_PLACE) {
      return Stream.empty();
    }
    return question
        .target()
        .map(target -> Pairing.of(question, target).left().stream())
        .orElse(Stream.empty())
        .map(
            volume ->
                "%s (%s) stays as it is beside volumes of another time"
                    .formatted(volume.volume(), volume.device()));
  }

  private static Stream<String> rootAlone(Question question, RestorePlan plan) {
    return when(
        plan.request().to() == Destination.ROOT
            && question.target().filter(target -> target.attached().size() > 1).isPresent(),
        "the root alone goes back: the other volumes stay as they are, of another time");
  }

  private static Stream<String> stop(Question question, RestorePlan plan) {
    if (!plan.running() || plan.request().to() != Destination.IN_PLACE) {
      return Stream.empty();
    }
    return question
        .target()
        .flatMap(TargetView::stop)
        .map(
            stop ->
                Stream.concat(
                    when(
                        stop.storedLocally(),
                        "the stop erases the instance store volumes of %s"
                            .formatted(question.request().instance())),
                    stop.fleetingAddress().stream()
                        .map(
                            address ->
                                "the public address %s is not an Elastic IP: the stop gives it up"
                                    .formatted(address))))
        .orElse(Stream.empty());
  }

  private static Stream<String> ownVolumesTwice(Question question, RestorePlan plan) {
    return when(
        plan.request().to() == Destination.INSTANCE
            && plan.target().filter(question::own).isPresent(),
        "%s has the originals too: file systems, LVM groups and arrays of the copies have the same UUIDs"
            .formatted(question.request().instance()));
  }

  private static Stream<String> autoScaling(Question question, RestorePlan plan) {
    return question.target().stream()
        .filter(target -> plan.request().to() == Destination.INSTANCE)
        .flatMap(
            target ->
                target.autoScalingGroup().stream()
                    .map(
                        group ->
                            "%s belongs to the Auto Scaling group %s, which may replace it at any time"
                                .formatted(target.instance(), LogSafe.of(group, MAX_TAG))));
  }

  private static Stream<String> launch(Question question, RestorePlan plan) {
    if (plan.launch().isEmpty()) {
      return Stream.empty();
    }
    InstanceSettings settings = plan.launch().get().settings();
    return Stream.of(
            question
                .view()
                .launch()
                .flatMap(LaunchView::original)
                .filter(state -> !state.equals("terminated") && !state.equals("shutting-down"))
                .map(
                    state ->
                        "%s is %s: the new instance has the same data, and mails, jobs and clusters may take it for the old one"
                            .formatted(question.request().instance(), state))
                .stream(),
            Stream.of(
                "the new instance has other addresses, and cloud-init runs its first-boot steps on it; user data is not on record and not given"),
            settings.lifecycle().stream()
                .map("the old instance was a %s instance, the new one is on demand"::formatted),
            settings.autoScalingGroup().stream()
                .map(
                    group ->
                        "the new instance does not join the Auto Scaling group %s"
                            .formatted(LogSafe.of(group, MAX_TAG))),
            extraDevices(question, plan))
        .flatMap(all -> all);
  }

  private static Stream<String> extraDevices(Question question, RestorePlan plan) {
    List<String> ours = plan.volumes().stream().flatMap(one -> one.device().stream()).toList();
    return plan.launch().flatMap(RestorePlan.Launch::image).stream()
        .flatMap(id -> question.view().launch().flatMap(LaunchView::image).stream())
        .flatMap(
            image ->
                image.devices().stream()
                    .filter(device -> !image.rootDevice().equals(Optional.of(device)))
                    .filter(device -> !ours.contains(device))
                    .map(
                        device ->
                            "the image has a volume of its own for %s, which the new instance gets besides"
                                .formatted(device)));
  }

  private static Stream<String> multiAttach(Question question, RestorePlan plan) {
    return question.members().stream()
        .filter(volume -> volume.settings().filter(settings -> settings.multiAttach()).isPresent())
        .map(
            volume ->
                "%s had Multi-Attach, its copy has not: aws ec2 modify-volume --multi-attach-enabled turns it on"
                    .formatted(volume.volume()));
  }

  private static Stream<String> when(boolean so, String words) {
    return RequestRules.when(so, words);
  }
}
