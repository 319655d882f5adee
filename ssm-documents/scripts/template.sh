#!/bin/bash
readonly DOCUMENT=template
readonly EXECUTION_ID='{{ executionId }}'
readonly COMMAND='{{ command }}'
readonly MOUNT_POINTS='{{ mountPoints }}'
readonly AUTO_THAW_SECONDS='{{ autoThawSeconds }}'
# include lib/bash.sh
# include lib/stamps.sh
# include lib/checks.sh
# include lib/state.sh
# include lib/mounts.sh
# include lib/freeze.sh
# include lib/timer.sh
# include lib/steps.sh

# ===== Your part: four functions. All above and below stays as it is, but the name in DOCUMENT=. =====

# Before anything is touched, and in a dry run: name what would fail. Change nothing here.
check_ready() {
  MOUNTS=$MOUNT_POINTS
  # need_tools my-application-ctl
  # my-application-ctl status >/dev/null || problem "my application does not run"
}

# Brings the application to rest. The timer is armed already. Wait no longer than you must;
# on failure say why in CAUSE and return 1: everything is undone, and the script exits 201.
hold() {
  # my-application-ctl pause --wait 5 || { CAUSE="my application does not pause"; return 1; }
  return 0
}

# Ends that. It is called after the thaw, by the post-script, by a pre-script that failed, or by
# the timer: it must work twice, and where hold never ran. Return 1 with CAUSE if the rest had
# ended before its time: the snapshot is not consistent then, and the script exits 203.
let_go() {
  # my-application-ctl resume
  return 0
}

# Lines of KEY VALUE for the `frozen` event, such as a position in a log.
held() {
  # printf 'position %s\n' "$(cat "$STATE/position")"
  return 0
}

# ===== The end of your part. =====

main "$@"
