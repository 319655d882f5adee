package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.run.Mutation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;

/** Deliberate bugs of restores, each of which breaks an invariant. */
final class RestoreBugs {
  private RestoreBugs() {}

  /** Forgets the last volume of a restore. */
  static Mutation forgetsTheLastVolume() {
    return Bugs.ledger(
        (method, arguments, real) -> {
          Object answer = real.call(arguments);
          return method.equals("restoredVolumes") && answer instanceof List<?> all && all.size() > 1
              ? all.subList(0, all.size() - 1)
              : answer;
        });
  }

  /** Does not see that a restore holds an instance. */
  static Mutation overlooksInstanceLeases() {
    return Bugs.ledger(
        (method, arguments, real) ->
            method.equals("instanceLease") ? Optional.empty() : real.call(arguments));
  }

  /** Deletes what it has replaced, once the instance is to start. */
  static Mutation deletesWhatItReplaces() {
    Set<String> replaced = new TreeSet<>();
    return ec2(
        (client, method, argument) -> {
          if (method.equals("detachVolume")) {
            replaced.add(detached(argument).volumeId());
          }
          if (method.equals("startInstances")) {
            replaced.forEach(volume -> client.deleteVolume(request -> request.volumeId(volume)));
            replaced.clear();
          }
        });
  }

  /** Creates each volume twice, and knows of one. */
  static Mutation createsVolumesTwice() {
    return ec2(
        (client, method, argument) -> {
          if (method.equals("createVolume")) {
            CreateVolumeRequest request = created(argument);
            client.createVolume(
                request.copy(builder -> builder.clientToken("again").tagSpecifications(List.of())));
          }
        });
  }

  /** Deletes the snapshots of which it has made volumes, once the instance is to start. */
  static Mutation deletesTheSetItRestores() {
    Set<String> restored = new TreeSet<>();
    return ec2(
        (client, method, argument) -> {
          if (method.equals("createVolume")) {
            restored.add(created(argument).snapshotId());
          }
          if (method.equals("startInstances")) {
            restored.forEach(
                snapshot -> client.deleteSnapshot(request -> request.snapshotId(snapshot)));
            restored.clear();
          }
        });
  }

  /** What is done before a call. */
  private interface Before {
    void call(Ec2Client client, String method, Object argument);
  }

  private static Mutation ec2(Before before) {
    return Bugs.changed(
        ledger -> ledger,
        client ->
            Bugs.wrapped(
                Ec2Client.class,
                client,
                (method, arguments, real) -> {
                  if (arguments != null && arguments.length > 0) {
                    before.call(client, method, arguments[0]);
                  }
                  return real.call(arguments);
                }),
        ssm -> ssm);
  }

  @SuppressWarnings("unchecked") // the other overload takes nothing else
  private static DetachVolumeRequest detached(Object argument) {
    return argument instanceof DetachVolumeRequest request
        ? request
        : DetachVolumeRequest.builder()
            .applyMutation((Consumer<DetachVolumeRequest.Builder>) argument)
            .build();
  }

  @SuppressWarnings("unchecked") // the other overload takes nothing else
  private static CreateVolumeRequest created(Object argument) {
    return argument instanceof CreateVolumeRequest request
        ? request
        : CreateVolumeRequest.builder()
            .applyMutation((Consumer<CreateVolumeRequest.Builder>) argument)
            .build();
  }
}
