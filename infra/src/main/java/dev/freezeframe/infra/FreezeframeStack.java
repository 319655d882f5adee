package dev.freezeframe.infra;

import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.infra.alarm.AlarmTopic;
import dev.freezeframe.infra.alarm.DrillNet;
import dev.freezeframe.infra.alarm.FreezeframeDashboard;
import dev.freezeframe.infra.alarm.SystemAlarms;
import dev.freezeframe.infra.alarm.TaskAlarms;
import dev.freezeframe.infra.alarm.ThawNet;
import dev.freezeframe.infra.drill.DrillPlaces;
import dev.freezeframe.infra.function.DeadLetterQueue;
import dev.freezeframe.infra.function.TaskFunctions;
import dev.freezeframe.infra.iam.GuestPermissions;
import dev.freezeframe.infra.iam.TaskPermissions;
import dev.freezeframe.infra.schedule.ExpirySchedule;
import dev.freezeframe.infra.schedule.RecoveryPointWatch;
import dev.freezeframe.infra.schedule.Schedules;
import dev.freezeframe.infra.schedule.StartSchedule;
import dev.freezeframe.infra.schedule.SweepSchedule;
import dev.freezeframe.infra.schedule.WarmUps;
import dev.freezeframe.infra.settings.KnownDocuments;
import dev.freezeframe.infra.settings.Settings;
import dev.freezeframe.infra.settings.Warnings;
import dev.freezeframe.infra.workflow.SnapshotRules;
import dev.freezeframe.infra.workflow.Workflows;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.task.trigger.DeployedSchedule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.NestedStackProps;
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
      ProjectFiles project,
      List<Policy> policies,
      List<SsmDocument> documents) {
    super(scope, id, props);
    KnownDocuments known = FreezeframeApp.known(settings, documents);
    GuestPermissions guests = new GuestPermissions(new Names(this), policies, known);
    LedgerTableConstruct ledger = new LedgerTableConstruct(this, "Ledger", settings.ledgerKey());
    DrillPlaces drills = new DrillPlaces(this, "Drills", policies);
    TaskFunctions tasks =
        new TaskFunctions(
            this,
            "Tasks",
            project.tasks(),
            ledger,
            settings.pendingSnapshots(),
            drills.host(),
            settings.logRetention(),
            new TaskPermissions(new Names(this), guests, drills, ledger));
    Workflows workflows = new Workflows(this, "Workflows", project, tasks, settings.logRetention());
    SnapshotRules rules = new SnapshotRules(this, "SnapshotRules", tasks, workflows);
    Schedules schedules = new Schedules(this, "Schedules");
    RecoveryPointWatch.add(schedules, policies, tasks.get("WatchRecoveryPoints"), settings);
    StartSchedule.add(schedules, policies, tasks.get("StartStopped"));
    SweepSchedule.add(schedules, DeployedSchedule.sweepRestores(), tasks.get("SweepRestores"));
    SweepSchedule.add(schedules, DeployedSchedule.sweepDrills(), tasks.get("SweepDrills"));
    ExpirySchedule.add(schedules, workflows.expireSnapshots(), settings);
    WarmUps.add(this, schedules, tasks);
    new Documents(this, "Documents", documents);

    Map<String, DeadLetterQueue> queues =
        new TreeMap<>(
            Map.of(
                "not-started", schedules.failures(),
                "events-not-applied", rules.eventsNotApplied(),
                "guest-not-thawed", rules.guestsNotThawed(),
                "restore-not-undone", rules.restoresNotUndone(),
                "drill-not-ended", rules.drillsNotEnded()));
    AlarmTopic notices = new AlarmTopic(this, "Notices", settings.mailTo());
    Policies.add(this, policies, schedules, workflows, notices, settings.paused());
    new SystemAlarms(
        new NestedStack(
            this,
            "SystemAlarms",
            NestedStackProps.builder().description("Alarms of the system itself").build()),
        "Alarms",
        notices,
        new TreeMap<>(
            Map.of(
                "run-policy", workflows.runPolicy(),
                "expire-snapshots", workflows.expireSnapshots(),
                "restore-set", workflows.restoreSet())),
        queues,
        new ThawNet(
            rules.abandoned(),
            workflows.thawAbandoned(),
            tasks.get("ThawAbandoned"),
            tasks.get("StartStopped")),
        new DrillNet(tasks.get("ChooseDrills"), tasks.get("SweepDrills")),
        List.of(tasks.get("StartTarget"), tasks.get("UndoRestore"), tasks.get("SweepRestores")));
    TaskAlarms.add(this, notices, tasks.all());
    FreezeframeDashboard overview = new FreezeframeDashboard(this, "Overview", policies);
    overview.add(tasks.all(), queues.values());
    Outputs outputs = new Outputs(this);
    outputs.add(workflows);
    outputs.add(tasks);
    outputs.add(queues);
    outputs.add("AlarmTopicArn", notices.topic().getTopicArn(), "Where alarms go");
    outputs.add("DashboardName", overview.name(), "The dashboard in CloudWatch");
    outputs.add(
        "LedgerTableName",
        ledger.table().getTableName(),
        "The ledger; it stays when the stack is deleted, and its tag says whose it was");
    Warnings.add(this, settings, known, guests.tags());
  }
}
