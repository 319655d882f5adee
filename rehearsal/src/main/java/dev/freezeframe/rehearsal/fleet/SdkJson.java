package dev.freezeframe.rehearsal.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Fills classes of the AWS SDK from the JSON that the AWS CLI prints, and writes them as such.
 *
 * <p>Both follow the same models, so a member is found by its name; unknown ones are left out.
 */
final class SdkJson {
  /**
   * What the AWS CLI prints of every object of these kinds: a file without it was made by hand or
   * changed, and what was meant is not known. From the examples of describe-instances and
   * describe-volumes in the CLI's reference; a tag has a value, be it empty.
   */
  private static final Map<Class<?>, List<String>> ALWAYS_PRINTED =
      Map.of(
          Tag.Builder.class, List.of("Key", "Value"),
          Volume.Builder.class, List.of("VolumeId", "Size", "VolumeType"),
          VolumeAttachment.Builder.class, List.of("InstanceId"));

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SdkJson() {}

  /**
   * Reads an object.
   *
   * @param builder of the class, as the SDK's own unmarshallers use it
   */
  static Object read(JsonNode json, SdkPojo builder, Place place) {
    if (!json.isObject()) {
      throw place.wrong(json, "an object");
    }
    List<String> always =
        ALWAYS_PRINTED.getOrDefault(builder.getClass().getInterfaces()[0], List.of());
    for (SdkField<?> field : builder.sdkFields()) {
      JsonNode value = json.path(field.memberName());
      if (always.contains(field.memberName()) && (value.isMissingNode() || value.isNull())) {
        throw place.member(field.memberName()).wrong(missing(json, field), "a value");
      }
      if (!value.isMissingNode() && !value.isNull()) {
        field.set(builder, value(value, field, place.member(field.memberName())));
      }
    }
    return ((Buildable) builder).build();
  }

  private static String missing(JsonNode json, SdkField<?> field) {
    return json.properties().stream()
        .map(Map.Entry::getKey)
        .filter(field.memberName()::equalsIgnoreCase)
        .findFirst()
        .map(other -> "missing (there is '%s')".formatted(other))
        .orElse("missing");
  }

  private static Object value(JsonNode json, SdkField<?> field, Place place) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.SDK_POJO) {
      return read(json, field.constructor().get(), place);
    }
    if (type == MarshallingType.LIST) {
      return list(json, field.getTrait(ListTrait.class).memberFieldInfo(), place);
    }
    if (type == MarshallingType.MAP) {
      return map(json, field.getTrait(MapTrait.class).valueFieldInfo(), place);
    }
    if (json.isContainerNode()) {
      throw place.wrong(json, "a single value");
    }
    return single(json, type, place);
  }

  private static Object single(JsonNode json, MarshallingType<?> type, Place place) {
    if (type == MarshallingType.STRING) {
      return json.asText();
    }
    if (type == MarshallingType.BOOLEAN && json.isBoolean()) {
      return json.booleanValue();
    }
    if (type == MarshallingType.INTEGER && json.canConvertToInt()) {
      return json.intValue();
    }
    if (type == MarshallingType.LONG && json.canConvertToLong()) {
      return json.longValue();
    }
    if (type == MarshallingType.DOUBLE && json.isNumber()) {
      return json.doubleValue();
    }
    if (type == MarshallingType.FLOAT && json.isNumber()) {
      return json.floatValue();
    }
    if (type == MarshallingType.INSTANT) {
      try {
        return OffsetDateTime.parse(json.asText()).toInstant();
      } catch (DateTimeException wrong) {
        throw place.wrong(json, "a time such as 2026-11-22T02:00:00+00:00");
      }
    }
    throw place.wrong(json, "of type " + type.getTargetClass().getSimpleName());
  }

  private static List<Object> list(JsonNode json, SdkField<?> member, Place place) {
    if (!json.isArray()) {
      throw place.wrong(json, "a list");
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) {
      items.add(value(json.get(i), member, place.item(i)));
    }
    return items;
  }

  private static Map<String, Object> map(JsonNode json, SdkField<?> value, Place place) {
    if (!json.isObject()) {
      throw place.wrong(json, "an object");
    }
    Map<String, Object> entries = new LinkedHashMap<>();
    json.properties()
        .forEach(
            entry ->
                entries.put(
                    entry.getKey(), value(entry.getValue(), value, place.member(entry.getKey()))));
    return entries;
  }

  /** Writes an object: what is set of it. */
  static ObjectNode write(SdkPojo object) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (SdkField<?> field : object.sdkFields()) {
      Object value = field.getValueOrDefault(object);
      if (value != null && !(value instanceof SdkAutoConstructList)) {
        json.set(field.memberName(), written(value));
      }
    }
    return json;
  }

  private static JsonNode written(Object value) {
    if (value instanceof SdkPojo object) {
      return write(object);
    }
    if (value instanceof List<?> list) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      list.forEach(item -> items.add(written(item)));
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode entries = JsonNodeFactory.instance.objectNode();
      map.forEach((name, entry) -> entries.set(String.valueOf(name), written(entry)));
      return entries;
    }
    return value instanceof Instant instant
        ? TextNode.valueOf(instant.toString())
        : JSON.valueToTree(value);
  }
}
