package dev.freezeframe.restore.plan;

import static dev.freezeframe.restore.plan.RequestRules.when;

import dev.freezeframe.common.English;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.view.LaunchView;
import dev.freezeframe.restore.view.LaunchView.Image;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether an instance like the lost one can be launched. */
final class LaunchRules {
  /**
   * The usage operation of an image without a licence of its own (EC2 User Guide, billing-info).
   */
  private static final String PLAIN = "RunInstances";

  static final List<Function<Question, Stream<String>>> TABLE =
      List.of(
          LaunchRules::noSettings,
          with(LaunchRules::incomplete),
          with(LaunchRules::instanceStoreRoot),
          with(LaunchRules::imageGone),
          with(LaunchRules::licence),
          with(LaunchRules::notOffered),
          with(LaunchRules::subnetGone),
          with(LaunchRules::subnetElsewhere),
          with(LaunchRules::groupsGone),
          with(LaunchRules::keyPairGone),
          with(LaunchRules::tooMany),
          with(LaunchRules::tooManyTags));

  private LaunchRules() {}

  private record Known(InstanceSettings settings, LaunchView launch) {}

  private static Function<Question, Stream<String>> with(
      BiFunction<Question, Known, Stream<String>> row) {
    return question ->
        question.settings().isPresent() && question.view().launch().isPresent()
            ? row.apply(
                question, new Known(question.settings().get(), question.view().launch().get()))
            : Stream.empty();
  }

  private static Stream<String> noSettings(Question question) {
    return when(
        question.settings().isEmpty(),
        "how %s was set is not on record for %s: launch an instance yourself, and use --to instance=i-..."
            .formatted(question.request().instance(), question.set()));
  }

  /** EC2's defaults, such as m1.small and i386, would not be what it was. */
  private static Stream<String> incomplete(Question question, Known known) {
    InstanceSettings settings = known.settings();
    boolean registers = question.root().isPresent();
    return Stream.of(
            missing("instance type", settings.type()),
            missing("subnet", settings.subnet()),
            missing("architecture", registers ? settings.architecture() : Optional.of("any")),
            missing("licence", registers ? settings.usageOperation() : Optional.of("any")),
            missing("root device", registers ? settings.rootDevice() : Optional.of("any")),
            missing("image", registers ? Optional.of("any") : settings.image()))
        .flatMap(Optional::stream)
        .map(
            fact ->
                "the %s of %s is not on record: launch an instance yourself, and use --to instance=i-..."
                    .formatted(fact, question.request().instance()));
  }

  private static Optional<String> missing(String fact, Optional<String> value) {
    return value.isPresent() ? Optional.empty() : Optional.of(fact);
  }

  private static Stream<String> instanceStoreRoot(Question question, Known known) {
    return known.settings().rootDeviceType().stream()
        .filter(type -> !type.equals("ebs"))
        .map(
            type ->
                "the root device of %s was %s, expected ebs: no snapshot has it"
                    .formatted(question.request().instance(), type));
  }

  private static Stream<String> imageGone(Question question, Known known) {
    if (question.root().isPresent()) {
      return Stream.empty();
    }
    return known.settings().image().stream()
        .filter(
            id ->
                known.launch().image().filter(found -> found.state().equals("available")).isEmpty())
        .map(
            id ->
                "the image %s is %s, and %s has no root to make another of"
                    .formatted(
                        id,
                        known.launch().image().map(Image::state).orElse("gone"),
                        question.set()));
  }

  /**
   * An image that is registered of a snapshot has no billing code, and EC2 documents the
   * registration for Linux alone (API reference, RegisterImage).
   */
  private static Stream<String> licence(Question question, Known known) {
    if (question.root().isEmpty()) {
      return Stream.empty();
    }
    InstanceSettings settings = known.settings();
    String remedy =
        "; launch an instance of its image %s, stop it, and swap its root for one of --to volumes"
            .formatted(settings.image().orElse("again"));
    if (!settings.productCodes().isEmpty()) {
      return Stream.of(
          "an image made of the root would lose the Marketplace product code %s%s"
              .formatted(English.and(settings.productCodes()), remedy));
    }
    return settings.usageOperation().stream()
        .filter(operation -> !operation.equals(PLAIN))
        .map(
            operation ->
                "an image made of the root would lose its licence, %s (%s)%s"
                    .formatted(
                        settings.platformDetails().orElse("which is not plain Linux"),
                        operation,
                        remedy));
  }

  private static Stream<String> notOffered(Question question, Known known) {
    return known.settings().type().stream()
        .filter(type -> !known.launch().offered())
        .filter(type -> question.zone().isPresent())
        .map(
            type ->
                "the instance type %s is not offered in %s"
                    .formatted(type, question.zone().orElseThrow()));
  }

  private static Stream<String> subnetGone(Question question, Known known) {
    return known.settings().subnet().stream()
        .filter(subnet -> known.launch().subnetZone().isEmpty())
        .map(
            subnet ->
                "the subnet %s is gone: launch an instance yourself, and use --to instance=i-..."
                    .formatted(subnet));
  }

  private static Stream<String> subnetElsewhere(Question question, Known known) {
    return question.request().zone().stream()
        .filter(zone -> known.launch().subnetZone().filter(of -> !of.equals(zone)).isPresent())
        .map(
            zone ->
                "--zone is %s, expected %s, where the subnet %s is"
                    .formatted(
                        zone,
                        known.launch().subnetZone().orElseThrow(),
                        known.settings().subnet().orElse("of it")));
  }

  private static Stream<String> groupsGone(Question question, Known known) {
    List<String> gone = known.launch().missingGroups();
    return when(
        !gone.isEmpty(),
        "%s %s gone: launch an instance yourself, and use --to instance=i-..."
            .formatted(
                gone.size() == 1
                    ? "the security group " + gone.get(0)
                    : "the security groups " + English.and(gone),
                gone.size() == 1 ? "is" : "are"));
  }

  private static Stream<String> keyPairGone(Question question, Known known) {
    return when(
        known.launch().keyPairMissing(),
        "the key pair %s is gone; import a public key under that name"
            .formatted(known.settings().keyName().orElse("")));
  }

  private static Stream<String> tooMany(Question question, Known known) {
    int volumes = question.members().size() + (question.root().isPresent() ? 0 : 1);
    return known.launch().limit().stream()
        .filter(limit -> volumes > limit.volumes(1))
        .map(
            limit ->
                "the new instance would have %d volumes, expected %d at most for %s"
                    .formatted(volumes, limit.volumes(1), known.settings().type().orElse("it")));
  }

  private static Stream<String> tooManyTags(Question question, Known known) {
    int tags = CopiedTags.of(known.settings().tags(), question.request()).size();
    int named = known.settings().tags().containsKey("Name") ? 0 : 1;
    return when(
        tags + named > RequestRules.MAX_TAGS - CopiedTags.OURS,
        "the new instance would have %d tags and %d of ours, expected %d at most; --no-tags KEYS leaves some out"
            .formatted(tags + named, CopiedTags.OURS, RequestRules.MAX_TAGS));
  }
}
