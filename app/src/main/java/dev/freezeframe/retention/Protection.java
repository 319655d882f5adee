package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What EC2 says that keeps a snapshot: rows of a table. */
enum Protection {
  NOT_OURS {
    @Override
    Optional<String> reason(Asked asked) {
      boolean ours =
          asked
                  .live()
                  .tag(SnapshotTags.RUN)
                  .filter(run -> run.matches(asked.group().policy() + "-\\d{8}T\\d{6}Z"))
                  .isPresent()
              && asked.live().tag(SnapshotTags.SET).equals(Optional.of(asked.set().value()));
      return ours ? Optional.empty() : Optional.of("not ours: it does not carry our run id");
    }
  },
  PINNED {
    @Override
    Optional<String> reason(Asked asked) {
      return asked.live().tag(SnapshotTags.PIN).flatMap(pin -> pinned(pin, asked));
    }
  },
  LOCKED {
    @Override
    Optional<String> reason(Asked asked) {
      return asked.live().lock().map("locked (%s)"::formatted);
    }
  },
  USED_BY_AN_IMAGE {
    @Override
    Optional<String> reason(Asked asked) {
      return asked.live().images().isEmpty()
          ? Optional.empty()
          : Optional.of("used by " + String.join(", ", asked.live().images()));
    }
  },
  SHARED {
    @Override
    Optional<String> reason(Asked asked) {
      return asked.sharedWith().isEmpty()
          ? Optional.empty()
          : Optional.of("shared with " + String.join(", ", asked.sharedWith()));
    }
  };

  /** Why it keeps the snapshot; empty: it does not. */
  abstract Optional<String> reason(Asked asked);

  /** All that protects a snapshot, each reason with the snapshot's id. */
  static List<String> on(Asked asked) {
    return List.of(values()).stream()
        .flatMap(row -> row.reason(asked).stream())
        .map(reason -> "%s is %s".formatted(asked.live().snapshot(), reason))
        .toList();
  }

  /** A date is the last day of the pin; what is neither a date nor forever pins all the same. */
  private static Optional<String> pinned(String pin, Asked asked) {
    if (pin.equals("forever")) {
      return Optional.of("pinned forever");
    }
    try {
      LocalDate last = LocalDate.parse(pin);
      return LocalDate.ofInstant(asked.now(), asked.zone()).isAfter(last)
          ? Optional.empty()
          : Optional.of("pinned until " + last);
    } catch (DateTimeException noDate) {
      return Optional.of("pinned by '%s', which is not a date".formatted(pin));
    }
  }

  /**
   * A snapshot that is asked about.
   *
   * @param sharedWith empty where the policy does not mind
   * @param zone in which a date of a pin is meant
   */
  record Asked(
      Ec2Snapshot live,
      GroupKey group,
      AttemptId set,
      List<String> sharedWith,
      ZoneId zone,
      Instant now) {}
}
