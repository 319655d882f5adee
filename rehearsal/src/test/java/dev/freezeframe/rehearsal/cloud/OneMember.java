package dev.freezeframe.rehearsal.cloud;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Requests of which exactly one member is set, for each member that the SDK's model has. */
public final class OneMember {
  private OneMember() {}

  /** By the name of the member, such as {@code InstanceSpecification.InstanceId}. */
  public static SortedMap<String, Object> requests(Class<?> request)
      throws ReflectiveOperationException {
    SortedMap<String, Object> requests = new TreeMap<>();
    SdkPojo model = (SdkPojo) request.getMethod("builder").invoke(null);
    for (SdkField<?> field : model.sdkFields()) {
      for (Map.Entry<String, Object> value : values(field.memberName(), field).entrySet()) {
        SdkPojo builder = (SdkPojo) request.getMethod("builder").invoke(null);
        field.set(builder, value.getValue());
        requests.put(value.getKey(), ((Buildable) builder).build());
      }
    }
    return requests;
  }

  private static SortedMap<String, Object> values(String name, SdkField<?> field) {
    SortedMap<String, Object> values = new TreeMap<>();
    if (field.marshallingType() == MarshallingType.SDK_POJO) {
      for (SdkField<?> member : field.constructor().get().sdkFields()) {
        values(name + "." + member.memberName(), member)
            .forEach(
                (below, value) -> {
                  SdkPojo structure = field.constructor().get();
                  member.set(structure, value);
                  values.put(below, ((Buildable) structure).build());
                });
      }
    } else if (field.marshallingType() == MarshallingType.LIST) {
      values(name, field.getTrait(ListTrait.class).memberFieldInfo())
          .forEach((below, value) -> values.put(below, List.of(value)));
    } else if (field.marshallingType() == MarshallingType.MAP) {
      values(name, field.getTrait(MapTrait.class).valueFieldInfo())
          .forEach((below, value) -> values.put(below, Map.of("key", value)));
    } else {
      values.put(name, simple(field.marshallingType()));
    }
    return values;
  }

  private static Object simple(MarshallingType<?> type) {
    if (type == MarshallingType.STRING) {
      return "text";
    }
    if (type == MarshallingType.INTEGER) {
      return 1;
    }
    if (type == MarshallingType.LONG) {
      return 1L;
    }
    if (type == MarshallingType.DOUBLE) {
      return 1.0;
    }
    if (type == MarshallingType.SDK_BYTES) {
      return SdkBytes.fromUtf8String("text");
    }
    if (type == MarshallingType.BOOLEAN) {
      return true;
    }
    if (type == MarshallingType.INSTANT) {
      return Instant.EPOCH;
    }
    throw new IllegalArgumentException("a member of type " + type);
  }
}
