package dev.freezeframe.metric;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.PolicyName;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Measurements in CloudWatch's embedded metric format: one line of JSON each.
 *
 * <p>The lines have to reach the log as they are. Lambda's own logger would put them, as a text,
 * into JSON of its own, in which CloudWatch looks for nothing; so they go to the standard output.
 */
public final class EmbeddedMetrics implements Measurements {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Consumer<String> lines;
  private final Clock clock;

  public EmbeddedMetrics(Consumer<String> lines, Clock clock) {
    this.lines = lines;
    this.clock = clock;
  }

  @Override
  public void record(PolicyName policy, Map<Metric, Double> values) {
    if (values.isEmpty()) {
      return;
    }
    ObjectNode line = JSON.createObjectNode();
    ObjectNode envelope = line.putObject("_aws");
    envelope.put("Timestamp", clock.millis());
    ObjectNode directive = envelope.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", Metric.NAMESPACE);
    directive.putArray("Dimensions").addArray().add(Metric.POLICY);
    line.put(Metric.POLICY, policy.value());
    new TreeMap<>(values)
        .forEach(
            (metric, value) -> {
              directive
                  .withArray("Metrics")
                  .addObject()
                  .put("Name", metric.id())
                  .put("Unit", metric.unit());
              line.put(metric.id(), value);
            });
    try {
      lines.accept(JSON.writeValueAsString(line));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts and numbers are JSON by their nature", impossible);
    }
  }
}
