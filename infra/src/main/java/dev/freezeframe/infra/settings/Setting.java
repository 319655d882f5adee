package dev.freezeframe.infra.settings;

import dev.freezeframe.task.DeployedSchedule;

/** The context keys of cdk.json. {@code docs/deploying.md} has the same table. */
public enum Setting {
  POLICIES("policies", "policies", "The folder of the policies, from the root of the project."),
  ENVIRONMENTS(
      "environments",
      "[]",
      "Where to deploy: a list of {account, region}; none: where the credentials point."),
  MAIL_TO("mailTo", "[]", "E-mail addresses that are notified of alarms."),
  PAUSED("paused", "false", "true: every schedule is disabled, and none is gone."),
  GRACE_HOURS(
      "graceHours",
      String.valueOf(DeployedSchedule.GRACE.toHours()),
      "Hours that a backup may take, from its firing until it is complete, before it is missed."),
  EXPIRY(
      "expiry",
      "apply",
      "apply: what is due is deleted once a day; preview: it is only planned; off: neither."),
  LEDGER_KEY(
      "ledgerKey", "", "ARN of the KMS key of the ledger's table; empty: DynamoDB's own key."),
  PENDING_SNAPSHOTS(
      "pendingSnapshots",
      "100",
      "The quota in force of snapshots that may be pending at once in the account and Region."),
  LOG_RETENTION("logRetention", "ONE_MONTH", "For how long logs are kept, in CDK's words."),
  DOCUMENTS(
      "documents",
      "[]",
      "Names and ARNs of documents of your own that policies name. One stays here until no guest is"
          + " frozen by it any more.");

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
