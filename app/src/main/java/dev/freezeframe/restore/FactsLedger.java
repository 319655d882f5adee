package dev.freezeframe.restore;

import dev.freezeframe.common.AttemptId;
import java.util.Optional;

/** Remembers what restores have to know of sets. */
public interface FactsLedger {

  /** Records the facts of a set; those that are on record already stay. */
  void recordFacts(RestoreFacts facts);

  /** The facts of a set; empty: none are on record. */
  Optional<RestoreFacts> facts(AttemptId set);
}
