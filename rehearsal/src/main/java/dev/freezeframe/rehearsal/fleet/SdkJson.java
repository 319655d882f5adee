package dev.freezeframe.rehearsal.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.freezeframe.input.Content;
import dev.freezeframe.input.Content.Kind;
import dev.freezeframe.input.Entry;
import java.math.BigDecimal;
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
  static Object read(Entry entry, SdkPojo builder) {
    if (!entry.is(Kind.GROUP)) {
      throw entry.refusal("an object");
    }
    List<String> always =
        ALWAYS_PRINTED.getOrDefault(builder.getClass().getInterfaces()[0], List.of());
    for (SdkField<?> field : builder.sdkFields()) {
      Entry value = entry.member(field.memberName());
      if (!value.is(Kind.UNSET)) {
        field.set(builder, value(value, field));
      } else if (always.contains(field.memberName())) {
        throw value.refusal(missing(entry, field.memberName()), "a value");
      }
    }
    return ((Buildable) builder).build();
  }

  private static String missing(Entry entry, String name) {
    return entry.content().members().stream()
        .map(member -> member.name().text())
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .map(other -> "missing (there is '%s')".formatted(other))
        .orElse("missing");
  }

  private static Object value(Entry entry, SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.SDK_POJO) {
      return read(entry, field.constructor().get());
    }
    if (type == MarshallingType.LIST) {
      return list(entry, field.getTrait(ListTrait.class).memberFieldInfo());
    }
    if (type == MarshallingType.MAP) {
      return map(entry, field.getTrait(MapTrait.class).valueFieldInfo());
    }
    if (entry.text().isEmpty()) {
      throw entry.refusal("a single value");
    }
    return single(entry, entry.text().get(), type);
  }

  private static Object single(Entry entry, String text, MarshallingType<?> type) {
    if (type == MarshallingType.STRING) {
      return text;
    }
    if (type == MarshallingType.INSTANT) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException wrong) {
        throw entry.refusal("a time such as 2026-11-22T02:00:00+00:00");
      }
    }
    if (type == MarshallingType.BOOLEAN && entry.is(Kind.FLAG)) {
      return Boolean.valueOf(text);
    }
    if (entry.is(Kind.NUMBER)) {
      try {
        return number(new BigDecimal(text), type);
      } catch (ArithmeticException | IllegalArgumentException notOfTheType) {
        // refused below, as any other value of another type
      }
    }
    throw entry.refusal("of type " + type.getTargetClass().getSimpleName());
  }

  private static Object number(BigDecimal number, MarshallingType<?> type) {
    if (type == MarshallingType.INTEGER) {
      return number.intValueExact();
    }
    if (type == MarshallingType.LONG) {
      return number.longValueExact();
    }
    if (type == MarshallingType.DOUBLE) {
      return number.doubleValue();
    }
    if (type == MarshallingType.FLOAT) {
      return number.floatValue();
    }
    throw new IllegalArgumentException("expected a type of numbers, found " + type);
  }

  private static List<Object> list(Entry entry, SdkField<?> member) {
    if (!entry.is(Kind.LIST)) {
      throw entry.refusal("a list");
    }
    List<Object> items = new ArrayList<>();
    entry.items().forEach(item -> items.add(value(item, member)));
    return items;
  }

  private static Map<String, Object> map(Entry entry, SdkField<?> value) {
    if (!entry.is(Kind.GROUP)) {
      throw entry.refusal("an object");
    }
    Map<String, Object> entries = new LinkedHashMap<>();
    for (Content.Member member : entry.content().members()) {
      String name = member.name().text();
      entries.put(name, value(entry.member(name), value));
    }
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
