package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.asl.data.InputOutput;
import dev.freezeframe.rehearsal.asl.data.JsonPath;
import dev.freezeframe.rehearsal.asl.data.PayloadTemplate;
import dev.freezeframe.rehearsal.asl.data.StatesError;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Runs a machine for each item (ASL, "Map State"). In distributed mode each item is an execution of
 * its own, with a history of its own (SFDG, "Using Map state in Distributed mode").
 *
 * @param maxConcurrency items at a time
 * @param tolerated share of the items of a distributed Map that may fail, from 0 to 1
 */
record MapState(
    InputOutput inputOutput,
    JsonPath itemsPath,
    Optional<PayloadTemplate> itemSelector,
    Machine processor,
    boolean distributed,
    int maxConcurrency,
    double tolerated,
    List<Retrier> retriers,
    List<Catcher> catchers,
    String next)
    implements State {

  /** SFDG, "Using Map state in Inline mode". */
  static final int INLINE_CONCURRENCY = 40;

  /** SFDG, "Using Map state in Distributed mode": child executions in parallel. */
  static final int DISTRIBUTED_CONCURRENCY = 10_000;

  MapState {
    retriers = List.copyOf(retriers);
    catchers = List.copyOf(catchers);
  }

  static MapState read(StateFields fields) {
    fields.only(
        "ItemsPath",
        "ItemSelector",
        "ItemProcessor",
        "MaxConcurrency",
        "ToleratedFailurePercentage",
        "ResultSelector",
        "ResultPath",
        "Retry",
        "Catch",
        "Next",
        "End");
    JsonNode processor = fields.get("ItemProcessor");
    if (!processor.isObject()) {
      throw new IllegalArgumentException("expected an ItemProcessor");
    }
    boolean distributed =
        processor.path("ProcessorConfig").path("Mode").asText().equals("DISTRIBUTED");
    if (!distributed && fields.has("ToleratedFailurePercentage")) {
      throw new IllegalArgumentException(
          "ToleratedFailurePercentage is of a distributed Map, expected Mode DISTRIBUTED");
    }
    int most = distributed ? DISTRIBUTED_CONCURRENCY : INLINE_CONCURRENCY;
    int concurrency = fields.get("MaxConcurrency").asInt();
    return new MapState(
        fields.inputOutput(),
        JsonPath.of(fields.get("ItemsPath").asText("$")),
        fields.template("ItemSelector"),
        fields.machine(processor, Set.of("ProcessorConfig")),
        distributed,
        concurrency == 0 ? most : Math.min(most, concurrency),
        fields.get("ToleratedFailurePercentage").asDouble() / 100,
        fields.retriers(),
        fields.catchers(),
        fields.next());
  }

  @Override
  public String type() {
    return "Map";
  }

  @Override
  public void run(JsonNode input, Visit visit) {
    JsonNode items = itemsPath.get("ItemsPath", input, visit.context());
    if (!items.isArray()) {
      throw StatesError.runtime(
          "Reference path '%s' must point to array.".formatted(itemsPath.text()));
    }
    OptionalInt tolerance =
        distributed
            ? OptionalInt.of((int) Math.floor(tolerated * items.size()))
            : OptionalInt.empty();
    Children children = new Children(visit, items.size(), maxConcurrency, tolerance);
    children.run(
        index ->
            distributed
                ? visit.child(children.scope(), processor, index)
                : visit.inner(
                    children.scope(), processor, visit.itemContext(index, items.get(index))),
        index ->
            itemSelector
                .map(
                    selector ->
                        selector.fill(input, () -> visit.itemContext(index, items.get(index))))
                .orElse(items.get(index)));
  }
}
