package dev.freezeframe.rehearsal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.cloud.TokenBucket;
import dev.freezeframe.rehearsal.deployment.AlarmFault;
import dev.freezeframe.rehearsal.deployment.EmbeddedCloudWatch;
import dev.freezeframe.rehearsal.states.AlarmReader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * DescribeAlarms for a state machine: the alarms that it asks for are there, each in the state that
 * the faults say. Its name decides whether one watches a metric or other alarms, so that both kinds
 * are met.
 */
final class DescribedAlarms implements AlarmReader {
  private static final Set<String> KNOWN = Set.of("AlarmNames", "AlarmTypes");

  /** What the service's model does not name is the SDK's exception of the service. */
  private static final String ERROR = "CloudWatch.CloudWatchException";

  /** CloudWatch service quotas, "DescribeAlarms": 9 transactions per second. */
  private static final int PER_SECOND = 9;

  private final InstantSource time;
  private final AlarmFault faults;
  private final EmbeddedCloudWatch cloudWatch = new EmbeddedCloudWatch();
  private final TokenBucket rate = new TokenBucket(PER_SECOND, PER_SECOND);

  DescribedAlarms(InstantSource time, AlarmFault faults) {
    this.time = time;
    this.faults = faults;
  }

  @Override
  public JsonNode describeAlarms(JsonNode parameters) {
    Set<String> unknown = new TreeSet<>();
    parameters.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(KNOWN);
    if (!unknown.isEmpty()) {
      throw new UnsupportedOperationException(unknown + " of DescribeAlarms");
    }
    AlarmFault.Reading reading = faults.reading();
    if (reading == AlarmFault.Reading.FAILS) {
      throw refused("InternalFailure", 500);
    }
    if (!rate.take(time.instant()) || reading == AlarmFault.Reading.THROTTLED) {
      throw refused("Rate exceeded", 400);
    }
    List<String> names = texts(parameters.path("AlarmNames"));
    names.forEach(this::put);
    List<AlarmType> types =
        texts(parameters.path("AlarmTypes")).stream().map(AlarmType::fromValue).toList();
    try {
      return json(
          cloudWatch.describeAlarms(
              DescribeAlarmsRequest.builder().alarmNames(names).alarmTypes(types).build()));
    } catch (CloudWatchException refused) {
      throw new Refused(ERROR, refused.getMessage());
    }
  }

  private static Refused refused(String message, int status) {
    return new Refused(
        ERROR,
        "%s (Service: CloudWatch, Status Code: %d, Request ID: none)".formatted(message, status));
  }

  private void put(String name) {
    boolean composite = name.hashCode() % 2 == 0;
    switch (faults.state(name)) {
      case OK -> cloudWatch.put(name, composite, StateValue.OK, "the rehearsal has it silent");
      case ALARM ->
          cloudWatch.put(name, composite, StateValue.ALARM, "a fault of the rehearsal has it ring");
      case INSUFFICIENT_DATA ->
          cloudWatch.put(name, composite, StateValue.INSUFFICIENT_DATA, "a fault of the rehearsal");
      case MISSING -> cloudWatch.delete(name);
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  /** Members in PascalCase, those that are not set left out. */
  private static ObjectNode json(SdkPojo structure) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (SdkField<?> field : structure.sdkFields()) {
      Object value = field.getValueOrDefault(structure);
      if (value instanceof List<?> list && !(value instanceof SdkAutoConstructList<?>)) {
        ArrayNode members = json.putArray(field.memberName());
        list.forEach(member -> members.add(member(member)));
      } else if (value != null && !(value instanceof SdkAutoConstructList<?>)) {
        json.set(field.memberName(), member(value));
      }
    }
    return json;
  }

  private static JsonNode member(Object value) {
    return value instanceof SdkPojo structure
        ? json(structure)
        : value instanceof Boolean flag
            ? JsonNodeFactory.instance.booleanNode(flag)
            : JsonNodeFactory.instance.textNode(value.toString());
  }
}
