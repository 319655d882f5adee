package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.report.Price;
import dev.freezeframe.task.Task;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What AWS charges for a thousand backups that take what one was counted to take. */
record Bill(List<Item> items) {
  private static final int BACKUPS = 1_000;
  private static final Set<String> SCRIPTS =
      Set.of("DryRunScript", "RunPreScript", "RunPostScript");

  /** Reckoned, not counted, as is what follows: an embedded cloud has no true durations or logs. */
  private static final double SECONDS = 0.3;

  private static final double SECONDS_OF_A_SCRIPT = 3;
  private static final double KILOBYTES_OF_LOG = 300;

  /** So many of something at its price. */
  record Item(String what, double many, Price price) {

    double dollars() {
      return price.of(many);
    }

    String row() {
      return String.format(
          Locale.ROOT, "| %s | %,.0f | %.3f | %.3f |\n", what, many, price.aMillion(), dollars());
    }
  }

  /** The bill for a thousand like this one. */
  static Bill of(Spent backup) {
    return new Bill(
        List.of(
            item("state transitions", Spent.sum(backup.transitions()), Price.TRANSITION),
            item("function invocations", Spent.sum(backup.invocations()), Price.INVOCATION),
            item("function time, GB-s", functionTime(backup), Price.FUNCTION_TIME),
            item("write units of the ledger", backup.units().get("write"), Price.WRITE),
            item("read units of the ledger", backup.units().get("read"), Price.READ),
            item("logs, KB", KILOBYTES_OF_LOG, Price.LOG),
            item("our own events", backup.events(), Price.EVENT)));
  }

  private static Item item(String what, double each, Price price) {
    return new Item(what, BACKUPS * each, price);
  }

  private static double functionTime(Spent backup) {
    double time = 0;
    for (String function : backup.invocations().keySet()) {
      double seconds =
          backup.invocations().get(function) * SECONDS
              + (SCRIPTS.contains(function) ? SECONDS_OF_A_SCRIPT : 0);
      time += seconds * Task.of(function).memory() / 1024;
    }
    return time;
  }

  Item of(Price price) {
    return items.stream().filter(item -> item.price() == price).findFirst().orElseThrow();
  }

  double together() {
    return items.stream().mapToDouble(Item::dollars).sum();
  }

  String table() {
    return "| what | 1,000 backups | at US$ a million | US$ |\n|---|--:|--:|--:|\n"
        + items.stream().map(Item::row).collect(Collectors.joining())
        + String.format(Locale.ROOT, "| **together** | | | **%.3f** |\n", together());
  }
}
