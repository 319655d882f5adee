package dev.freezeframe.rehearsal.ssm;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/**
 * What a script prints: the stamps of docs/ssm-documents.md, if its document prints stamps.
 *
 * <p>A test holds their events and keys against those of the real scripts.
 */
final class ScriptOutput {
  private static final String MOUNT = "mount=/data source=/dev/nvme1n1 options=rw,relatime";

  private final Script script;
  private final UnaryOperator<Instant> guestTime;
  private final StringBuilder lines = new StringBuilder();
  private final boolean windows;

  /**
   * Nothing yet.
   *
   * @param guestTime makes a time of the guest's clock of a true one
   */
  ScriptOutput(Script script, UnaryOperator<Instant> guestTime) {
    this.script = script;
    this.guestTime = guestTime;
    this.windows = script.behaviour().document().equals("windows-vss");
  }

  ScriptOutput dryRunOk(Instant at) {
    return stamp("dry-run-ok", at, mounts(), timer());
  }

  ScriptOutput armed(Instant at) {
    return stamp("armed", at, timer());
  }

  ScriptOutput freezing(Instant at) {
    return stamp("freezing", at, mounts());
  }

  ScriptOutput frozen(Instant at) {
    String units = script.behaviour().unmounts() ? "units=0" : "";
    return stamp("frozen", at, mounts(), timer(), units, position(at));
  }

  /** A document that unmounts says of each file system what it was mounted from, and how. */
  ScriptOutput unmounting(Instant at) {
    return script.behaviour().unmounts() ? stamp("unmounting", at, MOUNT) : this;
  }

  /** It is mounted as it was. */
  ScriptOutput mounted(Instant at) {
    if (!script.behaviour().unmounts()) {
      return this;
    }
    if (script.values().getOrDefault("fsck", "false").equals("true")) {
      stamp("checked", at, "mount=/data", "result=clean");
    }
    return stamp("mounted", at, MOUNT);
  }

  /** Windows says nothing of volumes. */
  ScriptOutput held(List<String> volumes, SortedMap<String, String> others, Instant at) {
    if (windows) {
      return this;
    }
    stamp("held", at, "volumes=" + (volumes.isEmpty() ? "\"\"" : String.join(",", volumes)));
    others.forEach((volume, cause) -> stamp("unheld", at, "volumes=" + volume, cause(cause)));
    return this;
  }

  /** An event of a drill document. */
  ScriptOutput drill(String event, Instant at, String... pairs) {
    return stamp(event, at, pairs);
  }

  ScriptOutput thawing(Instant at) {
    return stamp("thawing", at);
  }

  ScriptOutput thawed(Instant at) {
    return stamp("thawed", at, mounts());
  }

  ScriptOutput thawFailed(String cause, Instant at) {
    return windows ? this : stamp("thaw-failed", at, "mount=/data", cause(cause));
  }

  ScriptOutput autoThawed(Instant at) {
    return windows
        ? stamp("auto-thawed", at, "reason=windows")
        : stamp("auto-thawed", at, "reason=timer", mounts(), "failed=0");
  }

  ScriptOutput problem(String cause, Instant at) {
    return stamp("problem", at, cause(cause));
  }

  /** A document that never freezes has done its part, or has none. */
  ScriptOutput nothingHeld(Instant at) {
    if (!script.behaviour().stamps()) {
      lines.append("INFO: %s completed\n".formatted(script.command()));
      return this;
    }
    String document = script.behaviour().document();
    String manager = "manager=" + value("manager", "dnf");
    if (script.command().equals("dry-run")) {
      return stamp("dry-run-ok", at, document.equals("patch") ? manager : "");
    }
    if (document.equals("sync") && script.command().equals("pre-script")) {
      return stamp("synced", at, "dropped-caches=" + value("dropCaches", "false"));
    }
    if (document.equals("patch") && script.command().equals(value("stage", "pre") + "-script")) {
      return stamp("patching", at, manager).stamp("patched", at, manager);
    }
    return stamp("nothing-held", at);
  }

  private String value(String parameter, String otherwise) {
    String value = script.values().getOrDefault(parameter, otherwise);
    return value.equals("auto") ? otherwise : value;
  }

  ScriptOutcome ends() {
    return new ScriptOutcome(0, lines.toString(), "");
  }

  /** Nothing was touched. */
  ScriptOutcome refused(int code, String cause, Instant at) {
    return exit("refused", code, cause, at);
  }

  /** Something was. */
  ScriptOutcome failed(int code, String cause, Instant at) {
    return exit("failed", code, cause, at);
  }

  /** A database does not come to rest, or the one file system is not frozen. */
  ScriptOutcome failedToHold(int code, String cause, Instant at) {
    boolean database = List.of("mysql", "postgresql").contains(script.behaviour().document());
    return (database ? this : unmounting(at).freezing(at)).mounted(at).failed(code, cause, at);
  }

  private ScriptOutcome exit(String event, int code, String cause, Instant at) {
    if (!script.behaviour().stamps()) {
      return crash(code, cause);
    }
    stamp(event, at, "code=" + code, cause(cause));
    return new ScriptOutcome(code, lines.toString(), "");
  }

  /** An end without a word on standard output. */
  ScriptOutcome crash(int code, String cause) {
    return new ScriptOutcome(code, lines.toString(), "ERROR: " + cause + "\n");
  }

  private ScriptOutput stamp(String event, Instant at, String... pairs) {
    if (script.behaviour().stamps()) {
      StringBuilder line =
          new StringBuilder(
              "FREEZEFRAME event=%s at=%s execution=%s document=%s"
                  .formatted(
                      event,
                      Invocation.ISO.format(guestTime.apply(at)),
                      script.executionId(),
                      script.behaviour().document()));
      for (String pair : pairs) {
        line.append(pair.isEmpty() ? "" : " " + pair);
      }
      lines.append(line).append('\n');
    }
    return this;
  }

  private String mounts() {
    return windows ? "" : "mounts=1";
  }

  private String timer() {
    return "auto-thaw-seconds=" + script.autoThaw().toSeconds();
  }

  /** Where a log stood: it moves on with time. */
  private String position(Instant at) {
    long position = at.toEpochMilli() % 1_000_000_000L;
    return switch (script.behaviour().document()) {
      case "mysql" ->
          "binlog-file=binlog.000001 binlog-position=%d gtid=0-1-%d".formatted(position, position);
      case "postgresql" -> "lsn=0/%X".formatted(position);
      default -> "";
    };
  }

  private static String cause(String cause) {
    return "cause=\"" + cause.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
