package dev.freezeframe.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
  /** What a function is sent only so that it is awake when it is wanted. */
  private static final byte[] WAKE = "{\"wake\":true}".getBytes(StandardCharsets.UTF_8);

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
    this.reader = mapper.readerFor(input);
  }

  /** Does the work of one invocation. */
  protected abstract O handle(I input);

  /** Says in words what was decided, for the log; by default what the record says of itself. */
  protected String explain(O output) {
    return String.valueOf(output);
  }

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    byte[] input = in.readAllBytes();
    if (Arrays.equals(input, WAKE)) {
      out.write(WAKE);
      return;
    }
    I given = reader.readValue(input);
    try {
      O answer = handle(given);
      log(context, "decided", explain(answer));
      Json.mapper().writeValue(out, answer);
    } catch (RuntimeException failed) {
      log(context, "failed", failed.toString());
      throw failed;
    }
  }

  /** One JSON line, written by Jackson, so that no tag or output can break the log. */
  private void log(Context context, String what, String words) throws IOException {
    Map<String, String> line = new LinkedHashMap<>();
    line.put("task", getClass().getSimpleName());
    line.put("request", context.getAwsRequestId());
    line.put(what, words);
    context.getLogger().log(Json.mapper().writeValueAsString(line) + "\n");
  }
}
