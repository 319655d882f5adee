package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.asl.data.InputOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Runs branches at once (ASL, "Parallel State"). If one fails, the others are stopped. */
record ParallelState(
    InputOutput inputOutput,
    List<Machine> branches,
    List<Retrier> retriers,
    List<Catcher> catchers,
    String next)
    implements State {

  ParallelState {
    branches = List.copyOf(branches);
    retriers = List.copyOf(retriers);
    catchers = List.copyOf(catchers);
  }

  static ParallelState read(StateFields fields) {
    fields.only(
        "Branches", "Parameters", "ResultSelector", "ResultPath", "Retry", "Catch", "Next", "End");
    List<Machine> branches = new ArrayList<>();
    fields.get("Branches").forEach(branch -> branches.add(fields.machine(branch, Set.of())));
    return new ParallelState(
        fields.inputOutput(), branches, fields.retriers(), fields.catchers(), fields.next());
  }

  @Override
  public String type() {
    return "Parallel";
  }

  @Override
  public void run(JsonNode input, Visit visit) {
    Children children = new Children(visit, branches.size(), branches.size(), OptionalInt.empty());
    children.run(
        index -> visit.inner(children.scope(), branches.get(index), visit.context().get()),
        index -> input);
  }
}
