package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotOrigin.Damage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a drill document does on a guest, decided by what its members truly hold: exit codes and
 * stamps are those of docs/ssm-documents.md.
 *
 * <p>A member whose writes were held when it was snapshotted mounts as it is; of another the mount
 * replays the journal, and a database recovers, as after a power failure. Members of different
 * times are found by {@code spreadSeconds} alone, and no database starts from them: harsher side
 * taken, as one whose files lie on one member would.
 */
final class DrillScript {
  private static final int GAVE_UP = 201;
  private static final int REFUSED = 206;
  private static final int NO_MEMBER = 211;
  private static final int NOT_MOUNTED = 213;
  private static final int DAMAGED = 214;
  private static final int NOT_STARTED = 215;
  private static final int NOTHING_TO_CHECK = 217;

  /** From the start of a script to its first deed; of each mount; of each GiB that is checked. */
  private static final Duration MIN_STEP = Duration.ofMillis(300);

  private static final Duration MAX_STEP = Duration.ofSeconds(8);
  private static final Duration MIN_PER_GIB = Duration.ofMillis(50);
  private static final Duration MAX_PER_GIB = Duration.ofMillis(900);

  /** Of the counts of tables; nothing reads it. */
  private static final String HASH = "0".repeat(64);

  private final Seed seed;
  private final UnaryOperator<Instant> guestTime;
  private final Machine machine;

  /**
   * The scripts of one machine as it is now.
   *
   * @param guestTime makes a time of the guest's clock of a true one
   */
  DrillScript(Seed seed, UnaryOperator<Instant> guestTime, Machine machine) {
    this.seed = seed;
    this.guestTime = guestTime;
    this.machine = machine;
  }

  /**
   * What a script finds.
   *
   * @param proof what the file of a drill instance holds; empty: it has no such file
   * @param volumes that are attached, by id
   */
  record Machine(String id, Optional<String> proof, SortedMap<String, Member> volumes) {
    /** One that no drill launched. */
    static Machine ordinary(String id) {
      return new Machine(id, Optional.empty(), new TreeMap<>());
    }
  }

  /**
   * A volume that was made of a snapshot.
   *
   * @param held whether all writes to its original were held when the snapshot was taken
   * @param swap whether its original was used for swap
   */
  record Member(
      String device,
      int gib,
      Instant takenAt,
      boolean held,
      boolean swap,
      Optional<Damage> damage) {}

  /** How a script ends, and how long after it began. */
  record Ending(ScriptOutcome outcome, Duration takes) {}

  /** Does what a script does. */
  Ending run(Script script, Duration slower) {
    Work work = new Work(script, slower);
    Optional<Ending> refused = refusal(work);
    if (refused.isPresent()) {
      return refused.get();
    }
    return switch (script.command()) {
      case "dry-run" -> dryRun(work);
      case "validate" -> validate(work);
      default -> work.refuse("there is no command " + script.command());
    };
  }

  /** Exits with a code that something gave it, before it did anything. */
  Ending exit(Script script, int code) {
    Work work = new Work(script, Duration.ZERO);
    String cause = "as the rehearsal's faults have it";
    return switch (code) {
      case 204 -> work.refuse(code, cause);
      case REFUSED -> {
        work.printed.problem(cause, work.now());
        yield work.refuse(code, cause);
      }
      case GAVE_UP, NO_MEMBER, 212, NOT_MOUNTED, DAMAGED, NOT_STARTED, 216, NOTHING_TO_CHECK ->
          work.fail(code, cause);
      default -> new Ending(work.printed.crash(code, cause), work.spent());
    };
  }

  /** Why a validation fails that goes on to its end. */
  private record Bad(int code, String cause) {}

  private Optional<Ending> refusal(Work work) {
    if (machine.proof().isEmpty()) {
      return Optional.of(
          work.refuse("this is no drill instance: /run/freezeframe/drill is not there"));
    }
    if (!machine.proof().get().equals(work.script.executionId())) {
      return Optional.of(work.refuse("/run/freezeframe/drill is of another drill"));
    }
    return Optional.empty();
  }

  private Ending dryRun(Work work) {
    Map<String, String> members = work.members();
    Optional<String> missing = missing(members);
    if (missing.isPresent()) {
      return work.fail(NO_MEMBER, missing.get() + " did not appear");
    }
    if (checked(members).isEmpty()) {
      return work.fail(NOTHING_TO_CHECK, "there is no file system on any member");
    }
    work.printed.drill("dry-run-ok", work.now(), "members=" + members.size());
    return work.passes();
  }

  private Ending validate(Work work) {
    Map<String, String> members = work.members();
    Optional<String> missing = missing(members);
    if (missing.isPresent()) {
      return work.fail(NO_MEMBER, missing.get() + " did not appear");
    }
    work.printed.drill("assembled", work.now(), "members=" + members.size(), "raids=0", "groups=0");
    List<String> toCheck = checked(members);
    for (String volume : members.keySet()) {
      if (machine.volumes().get(volume).swap()) {
        work.printed.drill(
            "skipped",
            work.now(),
            "device=" + members.get(volume),
            "volume=" + volume,
            "kind=swap");
      }
    }
    if (toCheck.isEmpty()) {
      return work.fail(NOTHING_TO_CHECK, "there is no file system on any member");
    }
    toCheck.forEach(volume -> check(work, volume));
    if (spread(toCheck).compareTo(work.allowedSpread()) > 0) {
      work.foundBad(DAMAGED, "one member is older than the others");
    }
    if (work.bad.isPresent()) {
      return work.fail(work.bad.get().code(), work.bad.get().cause());
    }
    long replayed =
        toCheck.stream().filter(volume -> !machine.volumes().get(volume).held()).count();
    String counts = "file-systems=%d replayed=%d unsaid=0".formatted(toCheck.size(), replayed);
    if (work.startsServer()) {
      work.takes("server starts", MIN_STEP, MAX_STEP);
      if (!spread(toCheck).isZero()) {
        return work.fail(NOT_STARTED, "the server did not start");
      }
      work.printed.drill("started", work.now(), "server=" + work.server());
      work.takes("server checks", MIN_STEP, MAX_STEP);
      work.printed
          .drill("rows", work.now(), "table=rehearsal.rows", "count=1000")
          .drill("fingerprint", work.now(), "tables=1", "rows=1000", "sha256=" + HASH)
          .drill("stopped", work.now());
      counts += " tables=1 rows=1000";
    } else {
      work.printed.drill(
          "newest",
          work.now(),
          "of=file",
          "time=" + Invocation.ISO.format(guestTime.apply(newest(toCheck))));
    }
    work.printed.drill("validated", work.now(), counts);
    return work.passes();
  }

  /** Mounts, checks and counts a file system; the others are checked whatever is found. */
  private void check(Work work, String volume) {
    Member member = machine.volumes().get(volume);
    String fileSystem = "file-system=" + fileSystem(volume);
    if (member.damage().equals(Optional.of(Damage.UNREADABLE))) {
      work.foundBad(NOT_MOUNTED, "what is on %s is not recognised".formatted(volume));
      return;
    }
    work.takes(volume + " mounts", MIN_STEP, MAX_STEP);
    if (!member.held()) {
      work.printed.drill("replayed", work.now(), fileSystem);
    }
    work.printed.drill(
        "mounted",
        work.now(),
        fileSystem,
        "type=ext4",
        "volume=" + volume,
        "written=" + Invocation.ISO.format(guestTime.apply(member.takenAt())));
    work.takes(
        volume + " is checked",
        MIN_PER_GIB.multipliedBy(member.gib()),
        MAX_PER_GIB.multipliedBy(member.gib()));
    boolean damaged = member.damage().isPresent();
    work.printed.drill(
        "checked", work.now(), fileSystem, "result=" + (damaged ? "damaged" : "clean"));
    if (damaged) {
      work.foundBad(DAMAGED, "a check found damage on " + volume);
      return;
    }
    work.printed.drill("fingerprint", work.now(), fileSystem, "files=1000", "bytes=1000000");
  }

  private Optional<String> missing(Map<String, String> members) {
    return members.entrySet().stream()
        .filter(
            member ->
                !machine.volumes().containsKey(member.getKey())
                    || !machine.volumes().get(member.getKey()).device().equals(member.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private List<String> checked(Map<String, String> members) {
    List<String> checked = new ArrayList<>(members.keySet());
    checked.removeIf(volume -> machine.volumes().get(volume).swap());
    return checked;
  }

  private Instant newest(List<String> volumes) {
    return volumes.stream()
        .map(volume -> machine.volumes().get(volume).takenAt())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private Duration spread(List<String> volumes) {
    List<Instant> times =
        volumes.stream().map(volume -> machine.volumes().get(volume).takenAt()).sorted().toList();
    return Duration.between(times.get(0), times.get(times.size() - 1));
  }

  private String fileSystem(String volume) {
    return seed.uuid("file system of " + volume).toString();
  }

  /** A script under way, with what it has printed and how long it has taken. */
  private final class Work {
    private final Script script;
    private final ScriptOutput printed;
    private final Duration limit;
    private Duration spent;
    private Optional<Bad> bad = Optional.empty();

    private Work(Script script, Duration slower) {
      this.script = script;
      this.printed = new ScriptOutput(script, guestTime);
      this.limit =
          Duration.ofSeconds(
              Long.parseLong(script.values().getOrDefault("timeoutSeconds", "3600")));
      this.spent = slower;
      takes(script.command() + " begins", MIN_STEP, MAX_STEP);
    }

    private void takes(String what, Duration least, Duration most) {
      spent =
          spent.plus(
              seed.between(
                  "drill/%s/%s/%s".formatted(machine.id(), script.startedAt(), what), least, most));
    }

    /** The first counts. */
    private void foundBad(int code, String cause) {
      bad = bad.or(() -> Optional.of(new Bad(code, cause)));
    }

    private Instant now() {
      return script.startedAt().plus(spent);
    }

    private Duration spent() {
      return spent;
    }

    private Duration allowedSpread() {
      long seconds = Long.parseLong(script.values().getOrDefault("spreadSeconds", "0"));
      return seconds == 0 ? Duration.ofSeconds(Long.MAX_VALUE) : Duration.ofSeconds(seconds);
    }

    private boolean startsServer() {
      return !server().isEmpty();
    }

    private String server() {
      return switch (script.behaviour().document()) {
        case "drill-postgresql" -> "postgresql";
        case "drill-mysql" -> "mysql";
        default -> "";
      };
    }

    /** Devices by volume, in their order. */
    private Map<String, String> members() {
      Map<String, String> members = new TreeMap<>();
      for (String member : script.values().getOrDefault("members", "").split(",", -1)) {
        String[] parts = member.split(":", 2);
        members.put(parts[0], parts.length > 1 ? parts[1] : "");
      }
      return members;
    }

    private Ending refuse(String cause) {
      return refuse(REFUSED, cause);
    }

    private Ending refuse(int code, String cause) {
      return inTime(printed.refused(code, cause, now()));
    }

    private Ending fail(int code, String cause) {
      return inTime(printed.failed(code, cause, now()));
    }

    private Ending passes() {
      return inTime(printed.ends());
    }

    /** What takes too long gives up by itself, and proves nothing. */
    private Ending inTime(ScriptOutcome outcome) {
      if (spent.compareTo(limit) <= 0) {
        return new Ending(outcome, spent);
      }
      Instant end = script.startedAt().plus(limit);
      return new Ending(
          new ScriptOutput(script, guestTime)
              .failed(GAVE_UP, "not within %d seconds".formatted(limit.toSeconds()), end),
          limit);
    }
  }
}
