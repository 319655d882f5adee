package dev.freezeframe.infra.iam;

import java.util.Map;
import java.util.TreeMap;

/** Conditions of a policy statement, by operator and key; all of them have to hold. */
public final class IamConditions {
  private IamConditions() {}

  public static Map<String, Map<String, Object>> with(
      Map<String, Map<String, Object>> conditions, String operator, String key, Object value) {
    Map<String, Map<String, Object>> more = new TreeMap<>(conditions);
    Map<String, Object> ofOperator = new TreeMap<>(more.getOrDefault(operator, Map.of()));
    ofOperator.put(key, value);
    more.put(operator, ofOperator);
    return more;
  }
}
