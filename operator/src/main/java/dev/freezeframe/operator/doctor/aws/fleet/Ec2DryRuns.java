package dev.freezeframe.operator.doctor.aws.fleet;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.fleet.DryRunCheck.Attempt;
import dev.freezeframe.snapshot.SnapshotTags;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Asks EC2 whether it would do what functions do, without doing it ({@code DryRun}). The requests
 * keep the conditions of the functions' roles: tags of ours on what is created, none but those of a
 * verdict on what is there.
 */
public final class Ec2DryRuns {
  private static final String TRIED = "doctor-dry-run";

  private final Ec2Client ec2;

  public Ec2DryRuns(Ec2Client ec2) {
    this.ec2 = ec2;
  }

  /**
   * CreateSnapshots, which is authorized with the tags that it gives.
   *
   * @param instance of some policy; empty if none
   */
  public Asked<Attempt> createSnapshots(Asked<Optional<InstanceId>> instance) {
    return attempt(
        "CreateSnapshots",
        instance.map(known -> known.map(InstanceId::value)),
        id ->
            ec2.createSnapshots(
                request ->
                    request
                        .dryRun(true)
                        .instanceSpecification(specification -> specification.instanceId(id))
                        .tagSpecifications(
                            TagSpecification.builder()
                                .resourceType(ResourceType.SNAPSHOT)
                                .tags(tags(SnapshotTags.RUN, SnapshotTags.POLICY))
                                .build())));
  }

  /**
   * CreateTags, of the tags of a verdict.
   *
   * @param snapshot of ours; empty if none
   */
  public Asked<Attempt> createTags(Asked<Optional<String>> snapshot) {
    return attempt(
        "CreateTags",
        snapshot,
        id ->
            ec2.createTags(
                request ->
                    request.dryRun(true).resources(id).tags(tags(SnapshotTags.CONSISTENCY))));
  }

  /**
   * DeleteSnapshot.
   *
   * @param snapshot of ours; empty if none
   */
  public Asked<Attempt> deleteSnapshot(Asked<Optional<String>> snapshot) {
    return attempt(
        "DeleteSnapshot",
        snapshot,
        id -> ec2.deleteSnapshot(request -> request.dryRun(true).snapshotId(id)));
  }

  /**
   * StopInstances.
   *
   * @param instance of some policy that stops; empty if none
   */
  public Asked<Attempt> stopInstances(Asked<Optional<InstanceId>> instance) {
    return attempt(
        "StopInstances",
        instance.map(known -> known.map(InstanceId::value)),
        id -> ec2.stopInstances(request -> request.dryRun(true).instanceIds(id)));
  }

  /**
   * StartInstances.
   *
   * @param instance of some policy that stops; empty if none
   */
  public Asked<Attempt> startInstances(Asked<Optional<InstanceId>> instance) {
    return attempt(
        "StartInstances",
        instance.map(known -> known.map(InstanceId::value)),
        id -> ec2.startInstances(request -> request.dryRun(true).instanceIds(id)));
  }

  private interface Call {
    void on(String id);
  }

  /** A dry run is always refused: by {@code DryRunOperation} if it would have been carried out. */
  private static Asked<Attempt> attempt(String action, Asked<Optional<String>> known, Call call) {
    if (known.value().isEmpty()) {
      return known.map(none -> Attempt.onNothing(action));
    }
    Optional<String> on = known.value().get();
    if (on.isEmpty()) {
      return Asked.answer("ec2:" + action, Attempt.onNothing(action));
    }
    return Question.ask(
        "ec2:" + action,
        () -> {
          try {
            call.on(on.get());
          } catch (Ec2Exception refused) {
            if (refused.statusCode() < 500) {
              return new Attempt(action, on, Question.code(refused), Question.message(refused));
            }
            throw refused;
          }
          throw new IllegalStateException(
              "dry run of %s: expected a refusal, found that it was carried out".formatted(action));
        });
  }

  private static Tag[] tags(String... keys) {
    return Stream.of(keys)
        .map(key -> Tag.builder().key(key).value(TRIED).build())
        .toArray(Tag[]::new);
  }
}
