package dev.freezeframe.operator.doctor.check;

import dev.freezeframe.operator.doctor.check.Finding.Status;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is amiss with several things of one kind, which make one finding: the worst. */
public final class Troubles {
  /** More of them say no more. */
  private static final int MAX = 5;

  private final String check;
  private final Set<String> found = new LinkedHashSet<>();
  private final Set<String> todo = new LinkedHashSet<>();
  private Status worst = Status.PASS;

  /** None so far, of things that a check looks at. */
  public Troubles(String check) {
    this.check = check;
  }

  /** Something that may be meant. */
  public void warn(String words, String remedy) {
    add(Status.WARN, words, remedy);
  }

  /** Something that has to be fixed. */
  public void fail(String words, String remedy) {
    add(Status.FAIL, words, remedy);
  }

  /** The answer, if there is one; none is a warning. */
  public <T> Optional<T> answer(Asked<T> asked) {
    if (asked.value().isEmpty()) {
      warn(asked.unanswered(), asked.remedy());
    }
    return asked.value();
  }

  private void add(Status status, String words, String remedy) {
    worst = status.compareTo(worst) > 0 ? status : worst;
    found.add(words);
    todo.add(remedy);
  }

  /** One finding of all of it. */
  public Finding orElse(String words) {
    return worst == Status.PASS
        ? Finding.pass(check, words)
        : new Finding(check, worst, first(found), String.join("; ", todo));
  }

  /** The first of some words, and how many there are besides. */
  public static String first(Set<String> words) {
    List<String> shown = new ArrayList<>(words);
    int more = shown.size() - MAX;
    return more <= 1
        ? String.join("; ", shown)
        : "%s; and %,d more".formatted(String.join("; ", shown.subList(0, MAX)), more);
  }

  /** {@code 1 instance}, {@code 2 instances}. */
  public static String count(long number, String noun) {
    return number == 1 ? "1 " + noun : "%,d %ss".formatted(number, noun);
  }
}
