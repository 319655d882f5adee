package dev.freezeframe.infra.alarm;

import dev.freezeframe.infra.Names;
import java.util.Locale;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.constructs.Construct;

/**
 * Alarms that call somebody. {@code docs/operations.md} says of each what it means and what to do;
 * the description of each names its section.
 */
class Alarms extends Construct {
  private static final String RUNBOOK = "docs/operations.md";

  private final AlarmTopic notices;
  private final Names names;

  Alarms(Construct scope, String id, AlarmTopic notices) {
    super(scope, id);
    this.notices = notices;
    this.names = new Names(Stack.of(this));
  }

  /**
   * The name of an alarm.
   *
   * @param alarm in CloudWatch, without the stack's name
   * @param section the heading of the runbook, which stands for every policy or task
   */
  record Name(String alarm, String section) {
    /** Of one that there is once. */
    static Name of(String alarm) {
      return new Name(alarm, alarm);
    }
  }

  /** Calls as soon as something happened that should not happen at all; silence is good. */
  final Alarm happened(Name what, String meaning, IMetric metric) {
    return alarm(what, meaning, metric, 1, 1, TreatMissingData.NOT_BREACHING);
  }

  /**
   * Calls within the period in which something happened, and stays on for some periods more: for
   * what is over only when somebody has looked.
   */
  final Alarm happenedLately(Name what, String meaning, IMetric metric, int periods) {
    return alarm(what, meaning, metric, periods, 1, TreatMissingData.NOT_BREACHING);
  }

  /** Calls if something is so for some periods on end, and if nothing is heard of it. */
  final Alarm lasts(Name what, String meaning, IMetric metric, int periods) {
    return alarm(what, meaning, metric, periods, periods, TreatMissingData.BREACHING);
  }

  private Alarm alarm(
      Name what,
      String meaning,
      IMetric metric,
      int periods,
      int breaching,
      TreatMissingData silence) {
    Alarm alarm =
        Alarm.Builder.create(this, what.alarm())
            .alarmName(names.of(what.alarm()))
            .alarmDescription(
                "%s. What to do: %s#%s"
                    .formatted(meaning, RUNBOOK, what.section().toLowerCase(Locale.ROOT)))
            .metric(metric)
            .threshold(1)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .evaluationPeriods(periods)
            .datapointsToAlarm(breaching)
            .treatMissingData(silence)
            .build();
    alarm.addAlarmAction(new SnsAction(notices.topic()));
    alarm.addOkAction(new SnsAction(notices.topic()));
    return alarm;
  }
}
