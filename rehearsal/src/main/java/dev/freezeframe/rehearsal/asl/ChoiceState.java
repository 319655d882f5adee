package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.asl.data.Condition;
import dev.freezeframe.rehearsal.asl.data.InputOutput;
import dev.freezeframe.rehearsal.asl.data.StatesError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes on with the state of the first rule that holds (ASL, "Choice State"). */
record ChoiceState(InputOutput inputOutput, List<Rule> rules, Optional<String> otherwise)
    implements State {

  ChoiceState {
    rules = List.copyOf(rules);
  }

  /** Where to go if a condition holds. */
  record Rule(Condition condition, String next) {}

  static ChoiceState read(StateFields fields) {
    fields.only("Choices", "Default");
    List<Rule> rules = new ArrayList<>();
    fields
        .get("Choices")
        .forEach(rule -> rules.add(new Rule(Condition.of(rule), fields.target(rule, "Next"))));
    return new ChoiceState(
        fields.inputOutput(),
        rules,
        fields.has("Default") ? Optional.of(fields.target("Default")) : Optional.empty());
  }

  @Override
  public String type() {
    return "Choice";
  }

  /** A rule decides instead. */
  @Override
  public String next() {
    return END;
  }

  @Override
  public void run(JsonNode input, Visit visit) {
    Optional<String> chosen =
        rules.stream()
            .filter(rule -> rule.condition().holds(input, visit.context()))
            .map(Rule::next)
            .findFirst()
            .or(() -> otherwise);
    if (chosen.isPresent()) {
      visit.succeed(input, chosen.get());
    } else {
      visit.fail(new StatesError("States.NoChoiceMatched", "States.NoChoiceMatched"));
    }
  }
}
