package dev.freezeframe.infra.settings;

import dev.freezeframe.task.trigger.DeployedSchedule;

/** The context keys of cdk.json. {@code docs/deploying.md} has the same table. */
public enum Setting {
  POLICIES("policies", "policies", "The folder of the policies, from the root of the project."),
  ENVIRONMENTS(
      "environments",
      "[]",
      "Where to deploy: a list of {account, region}; empty: where the credentials point."),
  MAIL_TO("mailTo", "[]", "E-mail addresses to notify of alarms."),
  PAUSED("paused", "false", "true: disables every schedule; nothing is removed."),
  GRACE_HOURS(
      "graceHours",
      String.valueOf(DeployedSchedule.GRACE.toHours()),
      "Hours from a firing until its backup counts as missed if it is not complete."),
  EXPIRY(
      "expiry",
      "apply",
      "apply: deletes what is due once a day; preview: only plans it; off: neither."),
  LEDGER_KEY(
      "ledgerKey", "", "ARN of the KMS key for the ledger's table; empty: DynamoDB's own key."),
  PENDING_SNAPSHOTS(
      "pendingSnapshots",
      "100",
      "How many snapshots may be pending at once in the account and Region: its quota in force."),
  LOG_RETENTION(
      "logRetention", "ONE_MONTH", "How long logs are kept, as a value of CDK's RetentionDays."),
  DOCUMENTS(
      "documents",
      "[]",
      "Names or ARNs of your own documents that policies use. Keep one here until no guest can be"
          + " frozen by it.");

  /** What every key of ours begins with. */
  static final String PREFIX = "freezeframe:";

  private final String name;
  private final String defaultValue;
  private final String explanation;

  Setting(String name, String defaultValue, String explanation) {
    this.name = name;
    this.defaultValue = defaultValue;
    this.explanation = explanation;
  }

  public String key() {
    return PREFIX + name;
  }

  String defaultValue() {
    return defaultValue;
  }

  String explanation() {
    return explanation;
  }
}
