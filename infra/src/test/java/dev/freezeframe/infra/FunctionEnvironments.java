package dev.freezeframe.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The names of the variables that each function of the template gets. */
public final class FunctionEnvironments {
  private FunctionEnvironments() {}

  /** One set for each function. */
  public static List<Set<String>> names() {
    List<Set<String>> names = new ArrayList<>();
    for (Resource function : Synthesized.resources("AWS::Lambda::Function").values()) {
      Set<String> ofFunction = new TreeSet<>();
      function.property("/Environment/Variables").fieldNames().forEachRemaining(ofFunction::add);
      names.add(ofFunction);
    }
    return names;
  }
}
