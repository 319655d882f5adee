package dev.freezeframe.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.freezeframe.policy.OneLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A function that takes a record and returns one.
 *
 * <p>The boundary is ours, not the runtime's, so that records and {@code java.time} cross it; an
 * exception crosses it under its class name, by which the state machines know it.
 *
 * @param <I> input
 * @param <O> output
 */
public abstract class JsonTask<I, O> implements RequestStreamHandler {
  /** What a function is sent only so that it is awake when it is wanted. */
  private static final byte[] WAKE = "{\"wake\":true}".getBytes(StandardCharsets.UTF_8);

  /** More than Step Functions and EventBridge pass on. */
  private static final int LARGEST = 1024 * 1024;

  private static final int LONGEST_WORDS = 8000;

  private final ObjectReader reader;

  /**
   * A task.
   *
   * @param input the type of {@code I}
   */
  protected JsonTask(Class<I> input) {
    this(input, Json.mapper());
  }

  JsonTask(Class<I> input, ObjectMapper mapper) {
    this.reader =
        mapper
            .readerFor(input)
            .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /** Does the work of one invocation. */
  protected abstract O handle(I input);

  /** Does the work, where it matters as what function it is invoked. */
  O handle(I input, Context context) {
    return handle(input);
  }

  /** Says in words what was decided, for the log; by default what the record says of itself. */
  protected String explain(O output) {
    return String.valueOf(output);
  }

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    byte[] input = in.readNBytes(LARGEST + 1);
    if (Arrays.equals(input, WAKE)) {
      out.write(WAKE);
      return;
    }
    try {
      O answer = handle(read(input), context);
      log(context, "decided", explain(answer));
      Json.mapper().writeValue(out, answer);
    } catch (RuntimeException thrown) {
      RuntimeException failed = AwsErrors.told(thrown);
      log(context, "failed", failed.toString());
      throw failed;
    }
  }

  /** What is no input of this task is refused in one sentence, whatever it holds. */
  I read(byte[] input) throws IOException {
    if (input.length > LARGEST) {
      throw refusal("", "more than %d bytes, expected less".formatted(LARGEST));
    }
    I given;
    try {
      given = reader.readValue(input);
    } catch (JsonMappingException unfit) {
      throw refusal(place(unfit), reason(unfit));
    } catch (JsonProcessingException notJson) {
      throw refusal("", "no JSON: " + notJson.getOriginalMessage());
    }
    if (given == null) {
      throw refusal("", "null, expected an object");
    }
    return given;
  }

  private IllegalArgumentException refusal(String place, String reason) {
    return new IllegalArgumentException(
        "input of %s%s: %s"
            .formatted(
                getClass().getSimpleName(), OneLine.of(place, 200), OneLine.of(reason, 400)));
  }

  /** Such as {@code , work.policy.name}. */
  private static String place(JsonMappingException unfit) {
    return unfit.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", ", ");
  }

  /** In the words of the value that refused, where one did. */
  private static String reason(JsonMappingException unfit) {
    Throwable cause = unfit.getCause();
    return cause instanceof RuntimeException && cause.getMessage() != null
        ? cause.getMessage()
        : unfit.getOriginalMessage();
  }

  private void log(Context context, String what, String words) throws IOException {
    context.getLogger().log(line(context.getAwsRequestId(), what, words));
  }

  /** One JSON line of bounded length, so that no tag or output can break the log. */
  String line(String request, String what, String words) throws IOException {
    Map<String, String> line = new LinkedHashMap<>();
    line.put("task", getClass().getSimpleName());
    line.put("request", request);
    line.put(what, OneLine.of(words, LONGEST_WORDS));
    return Json.mapper().writeValueAsString(line) + "\n";
  }
}
