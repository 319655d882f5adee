package dev.freezeframe.rehearsal.deployment;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** What CloudWatch says of alarms, which here judge no metric: their state is set. */
public final class EmbeddedCloudWatch implements CloudWatchClient {
  /** Of names in a call, and of alarms in an answer. */
  private static final int MAX = 100;

  private static final int BY_DEFAULT = 50;

  private final Map<String, MetricAlarm> alarms = new TreeMap<>();
  private final Map<String, CompositeAlarm> composites = new TreeMap<>();

  /** An alarm, not judged yet. */
  public void put(String name, double threshold, List<String> actions) {
    alarms.put(
        name,
        MetricAlarm.builder()
            .alarmName(name)
            .threshold(threshold)
            .alarmActions(actions)
            .actionsEnabled(true)
            .stateValue(StateValue.INSUFFICIENT_DATA)
            .build());
  }

  /**
   * An alarm in a state, in place of one of the same name.
   *
   * @param composite whether it watches other alarms, and not a metric
   */
  public void put(String name, boolean composite, StateValue state, String reason) {
    delete(name);
    if (composite) {
      composites.put(
          name,
          CompositeAlarm.builder()
              .alarmName(name)
              .stateValue(state)
              .stateReason(reason)
              .actionsEnabled(true)
              .build());
    } else {
      alarms.put(
          name,
          MetricAlarm.builder()
              .alarmName(name)
              .stateValue(state)
              .stateReason(reason)
              .actionsEnabled(true)
              .build());
    }
  }

  /** Every alarm is judged, and found silent. */
  public void judge() {
    alarms.keySet().forEach(name -> state(name, StateValue.OK));
  }

  public void state(String name, StateValue state) {
    change(name, alarm -> alarm.stateValue(state));
  }

  /** Somebody mutes an alarm. */
  public void mute(String name) {
    change(name, alarm -> alarm.actionsEnabled(false));
  }

  /** Somebody changes when an alarm rings. */
  public void threshold(String name, double threshold) {
    change(name, alarm -> alarm.threshold(threshold));
  }

  private void change(String name, UnaryOperator<MetricAlarm.Builder> change) {
    alarms.computeIfPresent(name, (any, alarm) -> change.apply(alarm.toBuilder()).build());
  }

  /** Somebody deletes an alarm. */
  public void delete(String name) {
    alarms.remove(name);
    composites.remove(name);
  }

  @Override
  public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
    Refusal.ofMoreThan(request, "AlarmNames", "AlarmTypes", "MaxRecords", "NextToken");
    int most = Objects.requireNonNullElse(request.maxRecords(), BY_DEFAULT);
    if (request.alarmNames().size() > MAX || most < 1 || most > MAX) {
      throw Refusal.of(
          CloudWatchException.builder(),
          400,
          "ValidationError",
          "alarmNames and maxRecords: expected at most %d".formatted(MAX));
    }
    List<AlarmType> types =
        request.alarmTypes().isEmpty() ? List.of(AlarmType.METRIC_ALARM) : request.alarmTypes();
    List<String> found =
        request.alarmNames().stream()
            .filter(
                name ->
                    (types.contains(AlarmType.METRIC_ALARM) && alarms.containsKey(name))
                        || (types.contains(AlarmType.COMPOSITE_ALARM)
                            && composites.containsKey(name)))
            .sorted()
            .distinct()
            .toList();
    int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    int to = Math.min(found.size(), from + most);
    List<String> page = found.subList(from, to);
    DescribeAlarmsResponse.Builder answer =
        DescribeAlarmsResponse.builder()
            .nextToken(to < found.size() ? String.valueOf(to) : null)
            .metricAlarms(page.stream().filter(alarms::containsKey).map(alarms::get).toList());
    List<CompositeAlarm> composite =
        page.stream().filter(composites::containsKey).map(composites::get).toList();
    // Undocumented whether an empty list is there: harsher side taken.
    return composite.isEmpty() ? answer.build() : answer.compositeAlarms(composite).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
