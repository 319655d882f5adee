package dev.freezeframe.rehearsal.ec2.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Ec2Request;

/**
 * The client tokens of calls that make something: the same call again makes nothing more and has
 * the answer of the first; another call with its token is refused (EC2 developer guide, "Ensuring
 * idempotency"). That the answer is the first one, and not one of the moment, is the harsher side.
 */
public final class ClientTokens {
  private static final int MAX_LENGTH = 64;

  private final Map<String, Answered> answered = new HashMap<>();

  /**
   * Carries a call out, or answers it as before.
   *
   * @param token null or empty: the call has none
   */
  @SuppressWarnings("unchecked") // a call of one class has answers of one class
  public <T> T once(Ec2Request request, String token, Supplier<T> effect) {
    if (token == null || token.isEmpty()) {
      return effect.get();
    }
    if (token.length() > MAX_LENGTH) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "Client token has %d characters, more than %d".formatted(token.length(), MAX_LENGTH));
    }
    String key = request.getClass().getSimpleName() + "/" + token;
    List<Object> asked = members(request);
    Answered before = answered.get(key);
    if (before == null) {
      T answer = effect.get();
      answered.put(key, new Answered(asked, answer));
      return answer;
    }
    if (!before.asked.equals(asked)) {
      throw Ec2Refusal.of(
          "IdempotentParameterMismatch",
          "The client token %s was used before with other parameters".formatted(token));
    }
    return (T) before.answer;
  }

  private static List<Object> members(Ec2Request request) {
    return request.sdkFields().stream()
        .map(field -> field.getValueOrDefault(request))
        .map(Objects::toString)
        .collect(Collectors.toUnmodifiableList());
  }

  private record Answered(List<Object> asked, Object answer) {}
}
