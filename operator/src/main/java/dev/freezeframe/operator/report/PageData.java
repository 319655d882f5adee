package dev.freezeframe.operator.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * The report and its judgement as JSON that can stand inside a page: instants and durations as
 * milliseconds, what is empty left out, and nothing in it that could end a script element or begin
 * markup, whatever a guest or a tag said.
 */
final class PageData {
  private static final JsonMapper JSON =
      Json.mapper()
          .rebuild()
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, new Millis<>())
                  .addSerializer(Duration.class, new Millis<>()))
          .build();

  private PageData() {}

  static String of(Report report) {
    try {
      ObjectNode data = JSON.valueToTree(report);
      data.set("judgement", JSON.valueToTree(HealthSummary.of(report)));
      return JSON.writeValueAsString(data)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static final class Millis<T> extends JsonSerializer<T> {
    @Override
    public void serialize(T value, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      to.writeNumber(
          value instanceof Instant instant
              ? instant.toEpochMilli()
              : ((Duration) value).toMillis());
    }
  }
}
