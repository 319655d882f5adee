package dev.freezeframe.lambda;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;

/**
 * What a Catch puts into the state: Step Functions' own field names.
 *
 * @param cause a function's error as JSON, or plain words
 */
record Problem(@JsonProperty("Error") String error, @JsonProperty("Cause") String cause) {

  /** Why, in words. */
  String words() {
    if (cause == null || cause.isBlank()) {
      return error;
    }
    try {
      String message = Json.mapper().readTree(cause).path("errorMessage").asText("");
      return message.isEmpty() ? cause : message;
    } catch (JsonProcessingException plain) {
      return cause;
    }
  }
}
