package dev.freezeframe.rehearsal.dynamo;

import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Attribute values of DynamoDB Local's SDK, version 1, as those of ours, version 2, and back. */
final class Attributes {
  private Attributes() {}

  static Map<String, AttributeValue> toLocal(
      Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> values) {
    return each(values, Attributes::toLocal);
  }

  static Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> fromLocal(
      Map<String, AttributeValue> values) {
    return each(values, Attributes::fromLocal);
  }

  private static AttributeValue toLocal(
      software.amazon.awssdk.services.dynamodb.model.AttributeValue value) {
    AttributeValue local = new AttributeValue();
    return switch (value.type()) {
      case S -> local.withS(value.s());
      case N -> local.withN(value.n());
      case B -> local.withB(value.b().asByteBuffer());
      case SS -> local.withSS(value.ss());
      case NS -> local.withNS(value.ns());
      case BS -> local.withBS(value.bs().stream().map(SdkBytes::asByteBuffer).toList());
      case M -> local.withM(toLocal(value.m()));
      case L -> local.withL(value.l().stream().map(Attributes::toLocal).toList());
      case BOOL -> local.withBOOL(value.bool());
      case NUL -> local.withNULL(value.nul());
      case UNKNOWN_TO_SDK_VERSION -> local;
    };
  }

  private static software.amazon.awssdk.services.dynamodb.model.AttributeValue fromLocal(
      AttributeValue local) {
    var value = software.amazon.awssdk.services.dynamodb.model.AttributeValue.builder();
    if (local.getS() != null) {
      value.s(local.getS());
    } else if (local.getN() != null) {
      value.n(local.getN());
    } else if (local.getM() != null) {
      value.m(fromLocal(local.getM()));
    } else if (local.getL() != null) {
      value.l(local.getL().stream().map(Attributes::fromLocal).toList());
    } else if (local.getBOOL() != null) {
      value.bool(local.getBOOL());
    } else if (local.getNULL() != null) {
      value.nul(local.getNULL());
    } else if (local.getSS() != null) {
      value.ss(local.getSS());
    } else if (local.getNS() != null) {
      value.ns(local.getNS());
    } else if (local.getB() != null) {
      value.b(SdkBytes.fromByteBuffer(local.getB()));
    } else if (local.getBS() != null) {
      value.bs(local.getBS().stream().map(SdkBytes::fromByteBuffer).toList());
    }
    return value.build();
  }

  /** Names as they were given; null for a map that our SDK made up. */
  static Map<String, String> names(Map<String, String> names) {
    return names instanceof SdkAutoConstructMap ? null : names;
  }

  static <A, B> List<B> each(List<A> list, Function<A, B> translation) {
    return list == null ? null : list.stream().map(translation).toList();
  }

  private static <A, B> Map<String, B> each(Map<String, A> map, Function<A, B> translation) {
    if (map == null || map instanceof SdkAutoConstructMap) {
      return null;
    }
    Map<String, B> translated = new LinkedHashMap<>();
    map.forEach((name, value) -> translated.put(name, translation.apply(value)));
    return translated;
  }
}
