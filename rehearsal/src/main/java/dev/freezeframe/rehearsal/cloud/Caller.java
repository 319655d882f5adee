package dev.freezeframe.rehearsal.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;

/**
 * The caller of an operation.
 *
 * @param execution ARN of the execution on whose behalf, empty string if none
 * @param task simple name of the task without {@code Task}, such as {@code CreateSnapshots}
 * @param instanceId the instance that the invocation is about, empty string if none or unknown
 */
public record Caller(String execution, String task, String instanceId) {

  /** A caller outside any execution. */
  public static final Caller UNNAMED = new Caller("", "", "");

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The instance that an input of an execution or a function is about: what it says under {@code
   * instanceId}, what a restore or a drill is asked for, or what the input of the execution says
   * whose event it is.
   *
   * @return empty string if none
   */
  public static String instanceOf(JsonNode input) {
    String instance =
        Stream.of(
                "/instanceId",
                "/request/instance",
                "/work/request/instance",
                "/order/instance",
                "/work/order/instance")
            .map(where -> input.at(where).asText())
            .filter(found -> !found.isEmpty())
            .findFirst()
            .orElse("");
    JsonNode ofEvent = input.path("detail").path("input");
    if (!instance.isEmpty() || !ofEvent.isTextual()) {
      return instance;
    }
    try {
      return JSON.readTree(ofEvent.textValue()).path("instanceId").asText();
    } catch (JsonProcessingException notJson) {
      return "";
    }
  }
}
