package dev.freezeframe.rehearsal.run;

/** What is left of slots in the ledger. */
final class SlotsHeld {
  private SlotsHeld() {}

  /** How many executions hold slots, or wait for some, when all is over. */
  static long after(Result result) {
    return result.ledger().stream()
        .filter(item -> item.get("pk").equals("slots"))
        .map(item -> (String) item.get("sk"))
        .filter(key -> key.startsWith("hold#") || key.startsWith("wait#"))
        .count();
  }
}
