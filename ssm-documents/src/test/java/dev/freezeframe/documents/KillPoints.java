package dev.freezeframe.documents;

import java.nio.file.Path;

/**
 * Kills a script with -9 before one of its commands: bash's debug trap counts those that change
 * something. The points are numbered from 1.
 */
final class KillPoints {

  private static final String TRAP =
      """
      set -T
      kill_count=0
      trap 'kill_point "$BASH_COMMAND"' DEBUG
      kill_point() {
        case $1 in
          kill_* | case* | local* | '[['* | '(('* | return*) ;;
          *fsfreeze* | *'mv -T'* | ask* | read_position* | wait_for* | *mkdir* | *flock* | *rmdir* | *'rm -rf'* | launch* | stamp* | \
          publish_state* | arm_timer* | undo* | remove_state* | end_timer* | hold* | let_go* | \
          alive* | *umount* | 'error=$(mount'* | *systemctl* | stop_units* | start_units* | check_units* | check_plan* | \
          freeze_one* | thaw_one* | read_how* | 'exec '* | unlock* | lock* | write_self* | flush* | setsid* | env* | read_plan*)
            if ((++kill_count == KILL_AT)); then
              kill -KILL $$
            fi
            ;;
        esac
      }
      """;

  private KillPoints() {}

  /** Makes every command of the guest die at that point; beyond the last one none does. */
  static Guest at(int point, Guest guest) {
    Path file = guest.newFile("kill-points");
    Shell.write(file, TRAP);
    return guest
        .environment("BASH_ENV", file.toString())
        .environment("KILL_AT", Integer.toString(point));
  }

  /** Whether the script was killed, and not simply at its end. */
  static boolean killed(Answer answer) {
    return answer.exitCode() == 137;
  }
}
