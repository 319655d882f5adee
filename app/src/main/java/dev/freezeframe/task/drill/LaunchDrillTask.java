package dev.freezeframe.task.drill;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.script.Agents;
import dev.freezeframe.consistency.ssm.SsmAgents;
import dev.freezeframe.drill.DrillBounds;
import dev.freezeframe.drill.DrillPlan;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.ec2.DrillInstances;
import dev.freezeframe.drill.ec2.DrillInstances.Launch;
import dev.freezeframe.drill.ec2.Ec2DrillInstances;
import dev.freezeframe.restore.ec2.Ec2Volumes;
import dev.freezeframe.restore.ec2.VolumeView;
import dev.freezeframe.restore.ec2.Volumes;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.TaskDependencies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Launches the drill instance with the volumes of the set, and waits until it runs and its agent is
 * online. Where EC2 has no room, the next subnet is tried.
 */
public final class LaunchDrillTask extends DrillStepTask {
  private static final Duration LOOK = Duration.ofSeconds(10);

  /**
   * EC2 takes a launch whose key it may not use, and ends it with this code and the words "Client
   * error on launch" (EC2 user guide, "Instance terminates immediately").
   */
  private static final String CLIENT_ERROR = "Client.InternalError";

  private static final String NO_CAPACITY = "Server.InsufficientInstanceCapacity";

  private final DrillInstances ec2;
  private final Volumes volumes;
  private final Agents agents;

  public LaunchDrillTask() {
    this(new AwsDependencies());
  }

  public LaunchDrillTask(TaskDependencies dependencies) {
    super(dependencies);
    this.ec2 = new Ec2DrillInstances(dependencies.ec2());
    this.volumes = new Ec2Volumes(dependencies.ec2());
    this.agents = new SsmAgents(dependencies.ssm());
  }

  @Override
  protected DrillStep handle(DrillInput input) {
    OpenDrill drill = open(input);
    DrillRow row = drill.row();
    Optional<DrillInstances.View> launched = ec2.launched(row.token(row.found().attempt()));
    if (launched.isEmpty()) {
      return isLate(row)
          ? over(drill, "EC2 does not show the instance that it launched")
          : launch(input, drill);
    }
    DrillInstances.View view = launched.get();
    ledger.recordDrillInstance(row.id(), view.id(), view.image());
    if (view.ended() || view.state().startsWith("stop")) {
      return ended(input, drill, view);
    }
    if (!view.state().equals("running")) {
      return isLate(row)
          ? over(drill, "%s is still %s".formatted(view.id(), view.state()))
          : waiting(input, LOOK, "%s is %s".formatted(view.id(), view.state()));
    }
    return running(input, drill, view);
  }

  /**
   * On record before the call, so that the function that takes it away knows that there may be
   * something.
   */
  private DrillStep launch(DrillInput input, OpenDrill drill) {
    drill.check();
    drill.reached(DrillStage.LAUNCHING);
    DrillRow row = drill.row();
    Launch launch = ec2.launch(row);
    if (launch instanceof Launch.NoRoom noRoom) {
      return elsewhere(input, drill, noRoom.words());
    }
    if (launch instanceof Launch.Refused refused) {
      drill.trouble(refused.ofSet(), refused.words() + (refused.ofSet() ? keys(row) : ""));
      return failed(refused.words());
    }
    Launch.Taken taken = (Launch.Taken) launch;
    ledger.recordDrillInstance(row.id(), taken.id(), taken.image());
    return waiting(input, LOOK, "%s is launched".formatted(taken.id()));
  }

  private DrillStep elsewhere(DrillInput input, OpenDrill drill, String why) {
    DrillRow row = drill.row();
    int next = row.found().attempt() + 1;
    if (next > host(row).subnets().size() || isLate(row)) {
      return over(drill, why);
    }
    ledger.recordAttempt(row.id(), next);
    return waiting(input, LOOK, "%s; %s is next".formatted(why, host(row).subnets().get(next - 1)));
  }

  private DrillStep ended(DrillInput input, OpenDrill drill, DrillInstances.View view) {
    DrillRow row = drill.row();
    String words =
        "%s was launched, and is %s: %s (%s)"
            .formatted(
                view.id(),
                view.state(),
                view.words().orElse("EC2 gives no reason"),
                view.code().orElse("no code"));
    if (view.code().equals(Optional.of(NO_CAPACITY)) && row.at(DrillStage.RUNNING).isEmpty()) {
      return elsewhere(input, drill, words);
    }
    boolean key =
        view.code().equals(Optional.of(CLIENT_ERROR))
            && row.at(DrillStage.RUNNING).isEmpty()
            // Else it is that of the image's root, or of none.
            && !row.plan().orElseThrow().keys().isEmpty();
    String reason = key ? words + keys(row) : words;
    drill.trouble(key, reason);
    return failed(reason);
  }

  private DrillStep running(DrillInput input, OpenDrill drill, DrillInstances.View view) {
    DrillRow row = drill.row();
    if (row.at(DrillStage.RUNNING).isEmpty()) {
      Map<SnapshotId, VolumeId> found = new TreeMap<>();
      Optional<String> missing = look(row, view, found);
      if (missing.isPresent()) {
        return isLate(row) ? over(drill, missing.get()) : waiting(input, LOOK, missing.get());
      }
      ledger.recordDrillVolumes(row.id(), found);
      drill.reached(DrillStage.RUNNING);
    }
    if (agents.find(view.id()).filter(Agents.Agent::online).isPresent()) {
      drill.reached(DrillStage.AGENT);
      return done("%s runs, and its agent is online".formatted(view.id()));
    }
    Instant since = drill.row().at(DrillStage.RUNNING).orElseThrow();
    String words = "%s runs, and its agent is not online".formatted(view.id());
    return clock.instant().isAfter(since.plus(DrillBounds.AGENT))
        ? over(
            drill,
            "%s after %d minutes; see that its subnet reaches Systems Manager, and its profile"
                .formatted(words, DrillBounds.AGENT.toMinutes()))
        : waiting(input, LOOK, words);
  }

  /** Its root is among its volumes too: an image may say that it is not to go with its instance. */
  private Optional<String> look(
      DrillRow row, DrillInstances.View view, Map<SnapshotId, VolumeId> found) {
    List<VolumeView> attached = volumes.attachedTo(view.id());
    attached.forEach(
        volume -> volume.snapshot().ifPresent(of -> found.putIfAbsent(of, volume.id())));
    for (DrillPlan.Member member : row.plan().orElseThrow().members()) {
      Optional<VolumeView> there =
          attached.stream()
              .filter(volume -> volume.snapshot().equals(Optional.of(member.snapshot())))
              .filter(
                  volume ->
                      volume
                          .on(view.id())
                          .filter(on -> on.device().equals(member.device()))
                          .isPresent())
              .findFirst();
      if (there.isEmpty()) {
        return Optional.of(
            "%s runs without a volume of %s".formatted(view.id(), member.snapshot()));
      }
      found.put(member.snapshot(), there.get().id());
    }
    return Optional.empty();
  }

  private boolean isLate(DrillRow row) {
    return row.at(DrillStage.LAUNCHING)
        .filter(since -> clock.instant().isAfter(since.plus(DrillBounds.LAUNCH)))
        .isPresent();
  }

  private DrillStep over(OpenDrill drill, String words) {
    drill.trouble(false, words);
    return failed(words);
  }

  private static DrillPlan.Host host(DrillRow row) {
    return row.plan().flatMap(DrillPlan::host).orElseThrow();
  }

  /** EC2 names neither the key, so all are, nor what is amiss with it, so both are. */
  private static String keys(DrillRow row) {
    List<String> keys = row.plan().map(DrillPlan::keys).orElse(List.of());
    return keys.isEmpty()
        ? ""
        : ("; its volumes are encrypted with %s. With a key that is disabled or deleted no restore"
                + " of the set succeeds; if each is enabled, a key policy does not let the role of"
                + " LaunchDrill use it")
            .formatted(String.join(", ", keys));
  }
}
