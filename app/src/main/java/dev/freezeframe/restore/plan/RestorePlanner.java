package dev.freezeframe.restore.plan;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.RestorePlan.Launch;
import dev.freezeframe.restore.RestorePlan.Replacement;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.view.LaunchView;
import dev.freezeframe.restore.view.RestoreView;
import dev.freezeframe.restore.view.TargetView;
import dev.freezeframe.restore.view.TargetView.Attached;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Decides on a restore: a pure function of the request and of what is known. */
public final class RestorePlanner {
  private RestorePlanner() {}

  /** Plans a restore, or refuses it with all reasons. */
  public static Planned plan(RestoreRequest request, RestoreView view) {
    Question question = new Question(request, view);
    Optional<String> unknown = SetRules.unknown(question);
    if (unknown.isPresent()) {
      return new Planned.Refused(List.of(unknown.get()));
    }
    Set<String> reasons = new LinkedHashSet<>();
    tables(request.to())
        .flatMap(table -> table.stream())
        .flatMap(row -> row.apply(question))
        .forEach(reasons::add);
    Draft draft = draft(question);
    reasons.addAll(draft.reasons());
    if (!reasons.isEmpty()) {
      return new Planned.Refused(List.copyOf(reasons));
    }
    RestorePlan plan = plan(question, draft);
    return new Planned.Plan(plan, PlanHash.of(plan), Warnings.of(question, plan));
  }

  private static Stream<List<Function<Question, Stream<String>>>> tables(Destination to) {
    Stream<List<Function<Question, Stream<String>>>> always =
        Stream.of(SetRules.TABLE, RequestRules.TABLE);
    return Stream.concat(
        always,
        switch (to) {
          case VOLUMES -> Stream.of();
          case INSTANCE -> Stream.of(TargetRules.TABLE);
          case NEW -> Stream.of(LaunchRules.TABLE);
          case IN_PLACE -> Stream.of(TargetRules.TABLE, ReplacementRules.IN_PLACE);
          case ROOT -> Stream.of(TargetRules.TABLE, ReplacementRules.ROOT);
        });
  }

  /**
   * Which device each copy gets, and what it takes the place of.
   *
   * @param devices none of those that are attached to nothing
   * @param reasons why there is no such plan
   */
  private record Draft(
      Map<SnapshotId, String> devices, List<Attached> replaced, List<String> reasons) {}

  private static Draft draft(Question question) {
    return switch (question.request().to()) {
      case VOLUMES -> new Draft(Map.of(), List.of(), List.of());
      case INSTANCE -> question.target().map(target -> beside(question, target)).orElse(none());
      case NEW -> question.settings().map(settings -> launched(question, settings)).orElse(none());
      case IN_PLACE -> question.target().map(target -> inPlace(question, target)).orElse(none());
      case ROOT -> question.target().map(target -> root(question, target)).orElse(none());
    };
  }

  /** What is missing for one is a reason of its own. */
  private static Draft none() {
    return new Draft(Map.of(), List.of(), List.of());
  }

  private static Draft beside(Question question, TargetView target) {
    Devices devices = new Devices(target.windows());
    target.rootDevice().ifPresent(devices::take);
    target.attached().forEach(volume -> devices.take(volume.device()));
    List<String> reasons = new ArrayList<>();
    Map<SnapshotId, String> taken =
        take(question.members(), devices, target.instance().value(), reasons);
    AttachmentRules.tooMany(target, target.attached().size() + question.members().size())
        .forEach(reasons::add);
    return new Draft(taken, List.of(), reasons);
  }

  /** A root that is in the set boots the instance; else that of the image does. */
  private static Draft launched(Question question, InstanceSettings settings) {
    Devices devices =
        new Devices(
            settings.platformDetails().filter(words -> words.contains("Windows")).isPresent());
    Map<SnapshotId, String> taken = new LinkedHashMap<>();
    List<String> reasons = new ArrayList<>();
    Optional<String> rootDevice =
        question.root().isPresent()
            ? settings.rootDevice()
            : question
                .view()
                .launch()
                .flatMap(LaunchView::image)
                .flatMap(LaunchView.Image::rootDevice)
                .or(settings::rootDevice);
    rootDevice.ifPresent(devices::take);
    question
        .root()
        .ifPresent(
            root -> rootDevice.ifPresent(device -> taken.put(root.member().snapshot(), device)));
    List<MemberVolume> data =
        question.members().stream()
            .filter(volume -> !taken.containsKey(volume.member().snapshot()))
            .toList();
    taken.putAll(take(data, devices, "the new instance", reasons));
    return new Draft(taken, List.of(), reasons);
  }

  private static Map<SnapshotId, String> take(
      List<MemberVolume> volumes, Devices devices, String on, List<String> reasons) {
    Map<SnapshotId, String> taken = new LinkedHashMap<>();
    List<MemberVolume> second = new ArrayList<>();
    for (MemberVolume volume : volumes) {
      Optional<String> wanted = volume.root() ? Optional.empty() : volume.device();
      if (wanted.isPresent() && devices.take(wanted.get())) {
        taken.put(volume.member().snapshot(), wanted.get());
      } else {
        second.add(volume);
      }
    }
    for (MemberVolume volume : second) {
      devices
          .next()
          .ifPresentOrElse(
              device -> taken.put(volume.member().snapshot(), device),
              () ->
                  reasons.add(
                      "no device name is free on %s for the copy of %s"
                          .formatted(on, volume.volume())));
    }
    return taken;
  }

  private static Draft inPlace(Question question, TargetView target) {
    Pairing pairing = Pairing.of(question, target);
    List<String> reasons = new ArrayList<>(pairing.reasons());
    AttachmentRules.tooMany(target, pairing.left().size() + question.members().size())
        .forEach(reasons::add);
    return new Draft(pairing.devices(), List.copyOf(pairing.replaced().values()), reasons);
  }

  private static Draft root(Question question, TargetView target) {
    if (question.root().isEmpty()) {
      return none();
    }
    if (target.root().isEmpty()) {
      return new Draft(
          Map.of(),
          List.of(),
          List.of("%s has no root volume attached, expected one".formatted(target.instance())));
    }
    Attached old = target.root().get();
    return new Draft(
        Map.of(question.root().get().member().snapshot(), old.device()), List.of(old), List.of());
  }

  private static RestorePlan plan(Question question, Draft draft) {
    RestoreRequest request = question.request();
    List<Creation> creations =
        question.members().stream()
            .filter(volume -> request.to() != Destination.ROOT || volume.root())
            .map(volume -> creation(volume, question, draft))
            .toList();
    return new RestorePlan(
        request,
        question.zone().orElseThrow(),
        question.target().map(TargetView::instance),
        question.target().map(TargetView::running).orElse(false),
        creations,
        draft.replaced().stream()
            .map(old -> new Replacement(old.volume(), old.device(), old.deleteOnTermination()))
            .toList(),
        request.to() == Destination.NEW ? Optional.of(launch(question)) : Optional.empty());
  }

  /** EC2 gives a replaced root the type and flag of the one before. */
  private static Creation creation(MemberVolume volume, Question question, Draft draft) {
    Creation recorded =
        Creations.of(
            volume,
            question.request(),
            Optional.ofNullable(draft.devices().get(volume.member().snapshot())));
    if (question.request().to() != Destination.ROOT) {
      return recorded;
    }
    Attached old = draft.replaced().get(0);
    return new Creation(
        recorded.snapshot(),
        recorded.original(),
        recorded.device(),
        old.live().type(),
        Creations.iops(old.live().type(), old.live().iops()),
        Creations.throughput(old.live().type(), old.live().throughput()),
        recorded.sizeGiB(),
        recorded.kmsKeyId(),
        old.deleteOnTermination(),
        true,
        recorded.tags());
  }

  private static Launch launch(Question question) {
    InstanceSettings settings = question.settings().orElseThrow();
    Map<String, String> tags = new TreeMap<>(CopiedTags.of(settings.tags(), question.request()));
    tags.put("Name", name(question, settings));
    return new Launch(
        settings, question.root().isPresent() ? Optional.empty() : settings.image(), tags);
  }

  private static String name(Question question, InstanceSettings settings) {
    return question
        .request()
        .name()
        .orElseGet(
            () -> {
              String time =
                  " restored to %s"
                      .formatted(
                          question.view().set().pointInTime().map(Object::toString).orElse(""));
              String old =
                  settings.tags().getOrDefault("Name", question.request().instance().value());
              return LogSafe.of(old, RequestRules.MAX_VALUE - time.length() - 3) + time;
            });
  }
}
