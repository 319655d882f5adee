package dev.freezeframe.rehearsal.storm;

import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.lambda.DeployedSchedule;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.rehearsal.run.CloudSettings;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.rehearsal.run.Mutation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plays storms, and checks every invariant on them. */
public final class StormRun {
  /** Whatever is still to happen so long after the storm never ends. */
  private static final Duration LONGEST = Duration.ofDays(12);

  private static final String FOREIGN =
      """
      schemaVersion: "2.2"
      description: A document of others that freezes and has no timer
      parameters:
        executionId: {type: String, default: None, allowedPattern: "^(None|[a-fA-F0-9-]{36})$"}
        command: {type: String, default: dry-run, allowedValues: [pre-script, post-script, dry-run]}
      mainSteps:
        - action: aws:runShellScript
          name: run_script
          precondition: {StringEquals: [platformType, Linux]}
          inputs:
            runCommand: ["fsfreeze -f /data"]
      """;

  private final Path stateMachines;
  private final Mutation mutation;

  /**
   * Plays storms on a deployment.
   *
   * @param stateMachines the folder of the state machine files
   */
  public StormRun(Path stateMachines, Mutation mutation) {
    this.stateMachines = stateMachines;
    this.mutation = mutation;
  }

  /** Plays a storm to its end. */
  public StormResult play(Storm storm) {
    List<Policy> policies = storm.readPolicies();
    Trail trail = new Trail();
    Holder holder = new Holder();
    CloudSettings settings =
        new CloudSettings(
                storm.seed(),
                Storm.START,
                Machine.fleet(storm.machines()),
                documents(),
                time -> {
                  holder.sky = new Sky(storm, time);
                  holder.watch = new Watch(storm, policies, holder.sky, trail);
                  return new StormFaults(holder.sky).faults(storm, time, holder.watch);
                },
                storm.pendingLimit())
            .with(storm.capacity());
    try (EmbeddedCloud cloud = new EmbeddedCloud(settings, stateMachines, mutation)) {
      holder.watch.at(cloud);
      storm
          .machines()
          .forEach(
              machine ->
                  machine
                      .swapVolume()
                      .ifPresent(
                          volume -> cloud.ssm().guest(machine.instanceId()).swapsTo(volume)));
      policies.forEach(policy -> cloud.schedule(policy, storm.firings(policy)));
      cloud.schedule(
          DeployedSchedule.expiry(true),
          storm.calm().plus(Duration.ofDays(Storm.RETENTION_DAYS_OF_CALM)));
      new Deeds(cloud, storm, holder.sky, trail).schedule();
      Instant end = storm.calm().plus(LONGEST);
      boolean going = true;
      while (going && cloud.time().instant().isBefore(end)) {
        going = cloud.time().next();
      }
      List<Violation> violations =
          Invariants.check(new Aftermath(storm, policies, cloud, trail, holder.watch));
      return new StormResult(storm, cloud.backups().size(), holder.sky.met(), violations);
    }
  }

  private static Map<String, String> documents() {
    Map<String, String> documents = new TreeMap<>(SsmDocument.allDeployed());
    documents.put(PolicyDrawing.FOREIGN_DOCUMENT, FOREIGN);
    return documents;
  }

  /** What is made with the clock, which is made with the cloud. */
  private static final class Holder {
    private Sky sky;
    private Watch watch;
  }
}
