package dev.freezeframe.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.snapshot.SnapshotsUncertainException;
import java.util.regex.Pattern;

/**
 * The error that a Catch puts into the state: Step Functions' own field names.
 *
 * @param cause a function's error as JSON, or plain words
 */
public record CaughtError(
    @JsonProperty("Error") @JsonSetter(nulls = Nulls.AS_EMPTY) String error,
    @JsonProperty("Cause") @JsonSetter(nulls = Nulls.AS_EMPTY) String cause) {

  /** Such as {@code (Service: Lambda, Status Code: 429, Request ID: ...)}. */
  private static final Pattern NUMBERS_OF_SDK =
      Pattern.compile("\\s*\\((Service: [^()]*|SDK Attempt Count: \\d+)\\)");

  /** Whether nobody can say yet if a set was taken. */
  public boolean uncertain() {
    return SnapshotsUncertainException.class.getName().equals(error);
  }

  /** Why. */
  public String words() {
    if (cause == null || cause.isBlank()) {
      return LogSafe.of(error);
    }
    try {
      String message = Json.mapper().readTree(cause).path("errorMessage").asText("");
      return plain(message.isEmpty() ? cause : message);
    } catch (JsonProcessingException notJson) {
      return plain(cause);
    }
  }

  /** An SDK ends its sentences, and Step Functions those of Lambda, with what nobody can use. */
  private static String plain(String message) {
    return LogSafe.of(NUMBERS_OF_SDK.matcher(message).replaceAll(""));
  }
}
