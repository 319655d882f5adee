package dev.freezeframe.infra;

import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** The whole system, in one account and Region. */
public final class FreezeframeStack extends Stack {

  FreezeframeStack(
      Construct scope,
      String id,
      StackProps props,
      Settings settings,
      Project project,
      List<Policy> policies,
      List<SsmDocument> documents) {
    super(scope, id, props);
    LedgerStorage ledger = new LedgerStorage(this, "Ledger", settings.ledgerKey());
    TaskFunctions tasks =
        new TaskFunctions(
            this,
            "Tasks",
            project.tasks(),
            ledger,
            settings.pendingSnapshots(),
            settings.logRetention(),
            new TaskPermissions(new Names(this), policies, ledger));
    Workflows workflows = new Workflows(this, "Workflows", project, tasks, settings.logRetention());
    SnapshotRules rules =
        new SnapshotRules(this, "SnapshotRules", tasks, workflows.snapshotInstance());
    Schedules schedules = new Schedules(this, "Schedules");
    PolicySchedules.add(schedules, policies, workflows.runPolicy(), settings.paused());
    RecoveryPointWatch.add(schedules, policies, tasks.get("WatchRecoveryPoints"), settings);
    ExpirySchedule.add(schedules, workflows.expireSnapshots(), settings);
    new Documents(this, "Documents", documents);

    Map<String, FailureQueue> queues =
        new TreeMap<>(
            Map.of(
                "not-started", schedules.failures(),
                "events-not-applied", rules.eventsNotApplied(),
                "guest-not-thawed", rules.guestsNotThawed()));
    Notices notices = new Notices(this, "Notices", settings.mailTo());
    new PolicyAlarms(this, "PolicyAlarms", notices, policies, settings.paused());
    new SystemAlarms(
        this,
        "SystemAlarms",
        notices,
        new TreeMap<>(
            Map.of(
                "run-policy", workflows.runPolicy(),
                "expire-snapshots", workflows.expireSnapshots())),
        queues,
        List.copyOf(tasks.all()));
    new Overview(this, "Overview", policies).add(tasks.all(), queues.values());
    CfnOutput.Builder.create(this, "LedgerTableName")
        .value(ledger.table().getTableName())
        .description("The ledger; it stays when the stack is deleted")
        .build();
  }
}
