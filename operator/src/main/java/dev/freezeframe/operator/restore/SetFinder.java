package dev.freezeframe.operator.restore;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Quoted;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.view.InstanceSets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Finds the set that is meant: by its id, or by its instance and a time.
 *
 * @param set or else an instance
 * @param latest of an instance; empty: the newest
 */
record SetFinder(Optional<AttemptId> set, Optional<InstanceId> instance, Optional<Instant> latest) {
  private static final int PAGE = 1000;

  /**
   * Reads what was given.
   *
   * @throws BadInputException if it is neither
   */
  static SetFinder parse(String text) {
    if (AttemptId.isWellFormed(text)) {
      return new SetFinder(Optional.of(new AttemptId(text)), Optional.empty(), Optional.empty());
    }
    int at = text.indexOf('@');
    String instance = at < 0 ? text : text.substring(0, at);
    if (!instance.startsWith("i-")) {
      throw new BadInputException(
          "what is to be restored is %s, expected a set (the tag freezeframe:set) or an instance (i-... or i-...@TIME)"
              .formatted(Quoted.quote(text)));
    }
    try {
      return new SetFinder(
          Optional.empty(),
          Optional.of(new InstanceId(instance)),
          at < 0 ? Optional.empty() : Optional.of(time(text.substring(at + 1))));
    } catch (IllegalArgumentException malformed) {
      throw new BadInputException(malformed.getMessage());
    }
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException other) {
      throw new BadInputException(
          "the time is %s, expected one in UTC such as 2026-11-28T14:00:00Z"
              .formatted(Quoted.quote(text)));
    }
  }

  /**
   * What was found.
   *
   * @param set empty: nothing
   * @param words how it was chosen, or why no set was
   */
  record Found(Optional<AttemptId> set, Optional<InstanceId> instance, List<String> words) {}

  /** Looks in a ledger. */
  Found in(Ledger ledger, Collection<Consistency> accept) {
    if (instance.isPresent()) {
      SetChoice choice =
          SetChoice.of(
              instance.get(), InstanceSets.members(ledger, instance.get()), latest, accept);
      return new Found(choice.set(), instance, choice.words());
    }
    AttemptId wanted = set.orElseThrow();
    Optional<InstanceId> of =
        ledger.facts(wanted).map(RestoreFacts::instance).or(() -> search(ledger, wanted));
    return of.isPresent()
        ? new Found(set, of, List.of())
        : new Found(
            Optional.empty(),
            Optional.empty(),
            List.of("set %s is not in the ledger".formatted(wanted)));
  }

  /** A set without facts is looked for in all groups. */
  private static Optional<InstanceId> search(Ledger ledger, AttemptId set) {
    Optional<GroupKey> after = Optional.empty();
    List<GroupKey> page;
    do {
      page = ledger.groups(after, PAGE);
      for (GroupKey group : page) {
        if (ledger.members(group).stream().anyMatch(one -> one.set().equals(set))) {
          return Optional.of(group.instance());
        }
      }
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1));
    } while (page.size() == PAGE);
    return Optional.empty();
  }
}
