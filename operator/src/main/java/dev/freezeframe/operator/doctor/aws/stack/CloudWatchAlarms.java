package dev.freezeframe.operator.doctor.aws.stack;

import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.stack.AlarmsCheck.Alarm;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;

/** Asks CloudWatch about alarms. */
public final class CloudWatchAlarms {
  /** How many names one call takes. */
  private static final int BATCH = 100;

  private final CloudWatchClient cloudWatch;

  public CloudWatchAlarms(CloudWatchClient cloudWatch) {
    this.cloudWatch = cloudWatch;
  }

  /** The alarms of some names; those that are not there are left out. */
  public Asked<Map<String, Alarm>> find(List<String> names) {
    return Question.ask(
        "cloudwatch:DescribeAlarms",
        () -> {
          Map<String, Alarm> found = new TreeMap<>();
          for (int from = 0; from < names.size(); from += BATCH) {
            List<String> batch = names.subList(from, Math.min(names.size(), from + BATCH));
            cloudWatch
                .describeAlarmsPaginator(request -> request.alarmNames(batch).maxRecords(BATCH))
                .metricAlarms()
                .forEach(
                    alarm ->
                        found.put(
                            alarm.alarmName(),
                            new Alarm(
                                alarm.stateValueAsString(),
                                alarm.actionsEnabled(),
                                alarm.alarmActions().size(),
                                alarm.threshold() == null ? Double.NaN : alarm.threshold())));
          }
          return found;
        });
  }

  /**
   * The state of alarms of some names, composite ones too; those that are not there are left out.
   */
  public Asked<Map<String, String>> states(List<String> names) {
    return Question.ask(
        "cloudwatch:DescribeAlarms",
        () -> {
          Map<String, String> states = new TreeMap<>();
          cloudWatch
              .describeAlarmsPaginator(
                  request ->
                      request
                          .alarmNames(names)
                          .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM))
              .forEach(
                  page -> {
                    page.metricAlarms()
                        .forEach(
                            alarm -> states.put(alarm.alarmName(), alarm.stateValueAsString()));
                    page.compositeAlarms()
                        .forEach(
                            alarm -> states.put(alarm.alarmName(), alarm.stateValueAsString()));
                  });
          return states;
        });
  }
}
