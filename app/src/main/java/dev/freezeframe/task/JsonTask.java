package dev.freezeframe.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.LogSafe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

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
  /** The payload of a warm-up invocation. */
  private static final byte[] WAKE = "{\"wake\":true}".getBytes(UTF_8);

  /** No order is as short. */
  private static final int MAX_WAKE = 100;

  /** More than Step Functions and EventBridge pass on. */
  private static final int MAX_SIZE = 1024 * 1024;

  /** Of log lines alone; nothing is decided by it. */
  private static final Clock WALL_CLOCK = Clock.systemUTC();

  private static final int MAX_WORDS = 8000;

  private static final int MAX_SENTENCE = 700;

  private static final String NO_JSON = "the input is no JSON (%s), expected an object";

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

  /** Says what was decided, for the log; by default what the record says of itself. */
  protected String explain(O output) {
    return String.valueOf(output);
  }

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    byte[] input = in.readNBytes(MAX_SIZE + 1);
    if (wakes(input)) {
      out.write(WAKE);
      return;
    }
    try {
      O answer = handle(read(input), context);
      log(context, LogLevel.INFO, "decided", explain(answer));
      Json.mapper().writeValue(out, answer);
    } catch (RuntimeException thrown) {
      RuntimeException failed = AwsErrors.told(thrown);
      log(context, LogLevel.ERROR, "failed", failed.toString());
      throw failed;
    }
  }

  /** However it is written; who wants work done says more than that. */
  private static boolean wakes(byte[] input) throws IOException {
    if (Arrays.equals(input, WAKE)) {
      return true;
    }
    if (input.length > MAX_WAKE) {
      return false;
    }
    try (JsonParser json = Json.mapper().createParser(input)) {
      boolean wake = false;
      boolean object = json.nextToken() == JsonToken.START_OBJECT;
      while (object && json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        json.skipChildren();
        wake = wake || (field.equals("wake") && value == JsonToken.VALUE_TRUE);
      }
      return wake && json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
    } catch (JsonProcessingException notJson) {
      return false;
    }
  }

  /** Refuses an input that this task cannot read, in one sentence. */
  public I read(byte[] input) throws IOException {
    if (input.length > MAX_SIZE) {
      throw refusal(
          "the input is larger than %1$d bytes, expected %1$d at most".formatted(MAX_SIZE));
    }
    I given;
    try {
      given = reader.readValue(input);
    } catch (JsonMappingException invalid) {
      throw refusal(sentence(input, invalid));
    } catch (JsonProcessingException notJson) {
      throw refusal(NO_JSON.formatted(notJson.getOriginalMessage()));
    }
    if (given == null) {
      throw refusal("the input is null, expected an object");
    }
    return given;
  }

  private String sentence(byte[] input, JsonMappingException invalid) throws IOException {
    try {
      JsonNode whole = Json.mapper().readTree(input);
      return whole == null || whole.isMissingNode()
          ? "the input is empty, expected an object"
          : InputFault.sentence(whole, reader.getValueType(), invalid);
    } catch (JsonProcessingException notJson) {
      return NO_JSON.formatted(notJson.getOriginalMessage());
    }
  }

  private InputRefusedException refusal(String sentence) {
    return new InputRefusedException(
        "input of %s: %s".formatted(name(), LogSafe.of(sentence, MAX_SENTENCE)));
  }

  /** As the state machine files name it. */
  private String name() {
    return getClass().getSimpleName().replaceFirst("Task$", "");
  }

  /**
   * Logs a decision or a failure.
   *
   * <p>As bytes, which Lambda's logger passes on as they are; a text it puts, as a text, into JSON
   * of its own, whose fields Logs Insights could not address ({@code AbstractLambdaLogger} of
   * aws-lambda-java-runtime-interface-client: "there is no formatting for byte[] messages").
   */
  private void log(Context context, LogLevel level, String what, String words) throws IOException {
    byte[] line = line(context.getAwsRequestId(), level.name(), what, words).getBytes(UTF_8);
    context.getLogger().log(line, level);
  }

  /**
   * One JSON line of bounded length, so that no tag or output can break the log. It has the fields
   * of Lambda's own JSON lines: {@code timestamp}, {@code level}, {@code AWSRequestId}.
   */
  String line(String request, String level, String what, String words) throws IOException {
    Map<String, String> line = new LinkedHashMap<>();
    line.put("timestamp", WALL_CLOCK.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    line.put("level", level);
    line.put("AWSRequestId", request);
    line.put("task", name());
    line.put(what, LogSafe.of(words, MAX_WORDS));
    return Json.mapper().writeValueAsString(line) + "\n";
  }
}
