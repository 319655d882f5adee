package dev.freezeframe.rehearsal.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a state makes of its input and of its result (ASL, "Input and Output Processing"), in the
 * order of the fields here.
 *
 * @param inputPath empty: nothing of the input
 * @param resultPath empty: the result is dropped
 * @param outputPath empty: nothing of the output
 */
public record InputOutput(
    Optional<JsonPath> inputPath,
    Optional<PayloadTemplate> parameters,
    Optional<PayloadTemplate> resultSelector,
    Optional<JsonPath> resultPath,
    Optional<JsonPath> outputPath) {

  public JsonNode input(JsonNode raw, Supplier<? extends JsonNode> context) {
    JsonNode selected =
        inputPath.isPresent()
            ? inputPath.get().get("InputPath", raw, context)
            : JsonNodeFactory.instance.objectNode();
    return parameters.isPresent() ? parameters.get().fill(selected, context) : selected;
  }

  public JsonNode output(JsonNode raw, JsonNode result, Supplier<? extends JsonNode> context) {
    JsonNode selected =
        resultSelector.isPresent() ? resultSelector.get().fill(result, context) : result;
    JsonNode placed = resultPath.isPresent() ? resultPath.get().put(raw, selected) : raw;
    return outputPath.isPresent()
        ? outputPath.get().get("OutputPath", placed, context)
        : JsonNodeFactory.instance.objectNode();
  }
}
