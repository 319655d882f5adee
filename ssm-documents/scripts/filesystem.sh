#!/bin/bash
readonly DOCUMENT=filesystem
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

check_ready() {
  MOUNTS=$MOUNT_POINTS
}

hold() { :; }

let_go() { :; }

held() { :; }

main "$@"
