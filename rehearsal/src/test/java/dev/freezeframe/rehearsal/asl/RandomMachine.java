package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;

/** State machines of every construct that the engine knows; each goes forward only, and so ends. */
final class RandomMachine {
  /** The field of the data that holds items, which a Map goes through. */
  static final String ITEMS = "list";

  /** The field that holds a number, which is compared, added and waited for. */
  static final String NUMBER = "n";

  private static final List<String> PATHS =
      List.of(
          "$.a",
          "$.b",
          "$.c.d",
          "$.c",
          "$.e",
          "$." + ITEMS,
          "$." + ITEMS + "[1]",
          "$." + NUMBER,
          "$.flag");
  private static final List<String> COMPARISONS =
      List.of("Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals");

  private final SplittableRandom random;

  RandomMachine(long seed) {
    this.random = new SplittableRandom(seed);
  }

  ObjectNode definition() {
    return machine(2);
  }

  private ObjectNode machine(int depth) {
    ObjectNode machine = JsonNodeFactory.instance.objectNode();
    machine.put("StartAt", "S0");
    ObjectNode states = machine.putObject("States");
    int count = 1 + random.nextInt(depth == 2 ? 6 : 3);
    for (int i = 0; i < count; i++) {
      state(states.putObject("S" + i), i, count, depth);
    }
    if (depth < 2) {
      // What several do at one instant has no order that anybody promises.
      task(states.putObject("S0"), 0, count, "S1");
    }
    state(states.putObject("S" + count), count, count, 0);
    return machine;
  }

  private void state(ObjectNode state, int index, int count, int depth) {
    String next = index == count ? "" : "S" + (index + 1 + random.nextInt(count - index));
    switch (random.nextInt(index == count ? 5 : depth > 0 ? 8 : 6)) {
      case 0 -> {
        state.put("Type", "Pass");
        if (random.nextBoolean()) {
          state
              .putObject("Result")
              .put("flag", random.nextBoolean())
              .put(NUMBER, random.nextInt(4));
        } else if (random.nextBoolean()) {
          template(state.putObject("Parameters"));
        }
        resultPath(state);
        end(state, next);
      }
      case 1, 2 -> task(state, index, count, next);
      case 3 -> {
        state.put("Type", "Wait");
        if (random.nextBoolean()) {
          state.put("Seconds", 1 + random.nextInt(20));
        } else {
          state.put("SecondsPath", "$." + NUMBER);
        }
        end(state, next);
      }
      case 4 -> {
        if (random.nextInt(3) > 0) {
          state.put("Type", "Succeed");
        } else if (random.nextBoolean()) {
          state.put("Type", "Fail").put("Error", "Boom").put("Cause", "because");
        } else {
          state.put("Type", "Fail").put("ErrorPath", "$.a").put("CausePath", "$.b");
        }
        if (random.nextInt(6) == 0 && state.path("Type").asText().equals("Succeed")) {
          state.put("OutputPath", "$.c");
        }
      }
      case 5 -> {
        state.put("Type", "Choice");
        ArrayNode choices = state.putArray("Choices");
        for (int i = random.nextInt(3); i >= 0; i--) {
          rule(choices.addObject(), 2).put("Next", later(index, count));
        }
        if (random.nextInt(8) > 0) {
          state.put("Default", later(index, count));
        }
      }
      case 6 -> {
        state.put("Type", "Map").put("ItemsPath", "$." + ITEMS);
        if (random.nextBoolean()) {
          ObjectNode selector = state.putObject("ItemSelector");
          template(selector);
          selector.put("item.$", "$$.Map.Item.Value").put("index.$", "$$.Map.Item.Index");
        }
        boolean distributed = random.nextInt(3) == 0;
        // Under which error it fails is a known difference: see asl/package-info.java.
        ObjectNode processor = distributed ? harmless() : machine(depth - 1);
        processor.putObject("ProcessorConfig").put("Mode", distributed ? "DISTRIBUTED" : "INLINE");
        state.set("ItemProcessor", processor);
        if (random.nextBoolean()) {
          state.put("MaxConcurrency", random.nextInt(4));
        }
        resultPath(state);
        retryAndCatch(state, index, count);
        end(state, next);
      }
      default -> {
        state.put("Type", "Parallel");
        ArrayNode branches = state.putArray("Branches");
        for (int i = random.nextInt(3); i >= 0; i--) {
          branches.add(machine(depth - 1));
        }
        resultPath(state);
        retryAndCatch(state, index, count);
        end(state, next);
      }
    }
  }

  private ObjectNode harmless() {
    ObjectNode machine = JsonNodeFactory.instance.objectNode();
    machine.put("StartAt", "Wait");
    ObjectNode states = machine.putObject("States");
    states
        .putObject("Wait")
        .put("Type", "Wait")
        .put("Seconds", 1 + random.nextInt(5))
        .put("Next", "Note");
    states
        .putObject("Note")
        .put("Type", "Pass")
        .put("End", true)
        .putObject("Parameters")
        .put("item.$", "$")
        .put("execution.$", "$$.Execution.Id");
    return machine;
  }

  private void task(ObjectNode state, int index, int count, String next) {
    state.put("Type", "Task").put("Resource", "task");
    template(state.putObject("Parameters"));
    if (random.nextInt(3) == 0) {
      state.putObject("ResultSelector").put("e.$", "$.Payload").put("n.$", "$.StatusCode");
    }
    if (random.nextBoolean()) {
      state.put("TimeoutSeconds", 1 + random.nextInt(60));
    }
    resultPath(state);
    retryAndCatch(state, index, count);
    end(state, next);
  }

  private void retryAndCatch(ObjectNode state, int index, int count) {
    if (random.nextBoolean()) {
      ArrayNode rules = state.putArray("Retry");
      for (int i = random.nextInt(3); i >= 0; i--) {
        ObjectNode rule = rules.addObject();
        errors(rule.putArray("ErrorEquals"));
        rule.put("MaxAttempts", random.nextInt(4));
        if (random.nextBoolean()) {
          rule.put("IntervalSeconds", 1 + random.nextInt(5)).put("BackoffRate", 1.5);
        }
        if (random.nextBoolean()) {
          rule.put("MaxDelaySeconds", 4 + random.nextInt(5)).put("JitterStrategy", "FULL");
        }
      }
    }
    if (random.nextBoolean()) {
      ObjectNode rule = state.putArray("Catch").addObject();
      errors(rule.putArray("ErrorEquals"));
      resultPath(rule);
      rule.put("Next", later(index, count));
    }
  }

  private void errors(ArrayNode errors) {
    for (int i = random.nextInt(2); i >= 0; i--) {
      errors.add(one(List.of("Boom", "Bang", "States.ALL", "States.Timeout", "States.TaskFailed")));
    }
  }

  private void resultPath(ObjectNode state) {
    switch (random.nextInt(5)) {
      case 0 -> state.putNull("ResultPath");
      case 1 -> state.put("ResultPath", "$");
      case 2 -> state.put("ResultPath", "$.e");
      case 3 -> state.put("ResultPath", "$.c.d");
      default -> {}
    }
  }

  private void template(ObjectNode template) {
    template.put("constant", random.nextInt(3));
    template.putObject("inner").put("a.$", one(PATHS)).put("b", "text");
    switch (random.nextInt(6)) {
      case 0 -> template.put("sum.$", "States.MathAdd($.n, 2)");
      case 1 -> template.put("array.$", "States.Array($.a, 'two', $.c)");
      case 2 -> template.put("text.$", "States.Format('{} of {}', $.n, $.n)");
      case 3 -> template.put("id.$", "$$.Execution.Id").put("state.$", "$$.State.Name");
      case 4 -> template.put("all.$", "$").put("retries.$", "$$.State.RetryCount");
      default -> template.put("entered.$", "$$.State.EnteredTime");
    }
  }

  private ObjectNode rule(ObjectNode rule, int depth) {
    switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> rule.put("Variable", one(PATHS)).put("IsPresent", random.nextBoolean());
      case 1 -> rule.put("Variable", "$.flag").put("BooleanEquals", random.nextBoolean());
      case 2 ->
          rule.put("Variable", "$." + NUMBER).put("Numeric" + one(COMPARISONS), random.nextInt(4));
      case 3 -> rule.put("Variable", "$.a").put("String" + one(COMPARISONS), "text 1");
      case 4 ->
          rule.put("Variable", one(PATHS))
              .put(one(List.of("IsString", "IsNumeric", "IsBoolean", "IsNull")), true);
      case 5 -> rule(rule.putObject("Not"), depth - 1);
      default -> {
        ArrayNode rules = rule.putArray(random.nextBoolean() ? "And" : "Or");
        rule(rules.addObject(), depth - 1);
        rule(rules.addObject(), depth - 1);
      }
    }
    return rule;
  }

  private void end(ObjectNode state, String next) {
    if (next.isEmpty()) {
      state.put("End", true);
    } else {
      state.put("Next", next);
    }
  }

  private String later(int index, int count) {
    return "S" + Math.min(count, index + 1 + random.nextInt(count - index + 1));
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
