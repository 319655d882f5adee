package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Kills a validation with -9 at one step after the other, and looks each time that nothing of a
 * member stays mounted and no process stays. {@code -Dfreezeframe.killPoints=all} tries every step.
 *
 * @param guests a guest with the document, another each time
 * @param stride how many steps the usual build goes on at a time
 */
record DrillKillTrial(DrillInstance instance, Supplier<Guest> guests, int stride) {

  private static final int MORE_THAN_THERE_ARE = 1000;

  /** What changes something, or waits for it; counted in the process that works. */
  private static final String TRAP =
      """
      KILL_ROLE=${1:-}
      kill_count=0
      set -T
      trap 'kill_point "$BASH_COMMAND"' DEBUG
      kill_point() {
        [[ $KILL_ROLE == freezeframe-work ]] || return 0
        case $1 in
          kill_* | case* | local* | '[['* | '(('* | return*) ;;
          *mount* | *mkdir* | *assemble* | check_* | *isolated* | *_server* | *ask* | stamp* | tell* | *setpriv* | \\
          *losetup* | *mdadm* | *vgchange* | *blkid* | failed* | take_* | validate* | run_script* | read_journal* | *fsck* | *xfs_*)
            if ((++kill_count == KILL_AT)); then
              if [[ -n $KILL_HERE ]]; then
                : >"$KILL_HERE"
                while :; do sleep 0.05; done
              fi
              kill -KILL $$
            fi
            ;;
        esac
      }
      main "$@"
      """;

  DrillKillTrial {
    stride = "all".equals(System.getProperty("freezeframe.killPoints")) ? 1 : stride;
  }

  /** The process that works dies; gives how many steps there are, to within the stride. */
  int workers() {
    for (int point = 1; point < MORE_THAN_THERE_ARE; point += stride) {
      Answer answer = instance.validate(at(point, ""));
      instance.assertNothingIsLeft();
      if (answer.exitCode() == 0) {
        return point;
      }
      assertThat(answer.exitCode()).as("at " + point + ":\n" + answer.output()).isEqualTo(201);
    }
    throw new AssertionError("it never ends");
  }

  /** The document's own process dies while the one that works stands at that step. */
  int documents() {
    for (int point = 1; point < MORE_THAN_THERE_ARE; point += stride) {
      Guest guest = guests.get();
      Path here = guest.newFile("here");
      Process process =
          at(guest, point, here.toString())
              .start("validate", instance.drill, guest.newFile("output"));
      Shell.await(
          "it is at " + point,
          Duration.ofSeconds(60),
          () -> Files.exists(here) || !process.isAlive());
      if (!Files.exists(here)) {
        assertThat(process.exitValue())
            .as(Shell.must("cat", guest.newFile("output").toString()))
            .isZero();
        return point;
      }
      DrillInstance.kill(guest);
      instance.assertNothingIsLeft();
      Shell.await(
          "its processes are gone",
          () -> !Shell.succeeds("pgrep", "-f", here.getParent() + "/.*freezeframe-work"));
    }
    throw new AssertionError("it never ends");
  }

  private Guest at(int point, String here) {
    return at(guests.get(), point, here);
  }

  private static Guest at(Guest guest, int point, String here) {
    return guest
        .edited(Map.of("\nmain \"$@\"\n", "\n" + TRAP))
        .environment("KILL_AT", Integer.toString(point))
        .environment("KILL_HERE", here);
  }
}
