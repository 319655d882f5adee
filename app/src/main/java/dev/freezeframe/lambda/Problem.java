package dev.freezeframe.lambda;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freezeframe.policy.OneLine;

/**
 * What a Catch puts into the state: Step Functions' own field names.
 *
 * @param cause a function's error as JSON, or plain words
 */
record Problem(
    @JsonProperty("Error") @JsonSetter(nulls = Nulls.AS_EMPTY) String error,
    @JsonProperty("Cause") @JsonSetter(nulls = Nulls.AS_EMPTY) String cause) {

  /** Why, in words. */
  String words() {
    if (cause == null || cause.isBlank()) {
      return OneLine.of(error);
    }
    try {
      String message = Json.mapper().readTree(cause).path("errorMessage").asText("");
      return OneLine.of(message.isEmpty() ? cause : message);
    } catch (JsonProcessingException plain) {
      return OneLine.of(cause);
    }
  }
}
