#!/bin/bash
readonly DOCUMENT=sync
readonly EXECUTION_ID='{{ executionId }}'
readonly COMMAND='{{ command }}'
readonly DROP_CACHES='{{ dropCaches }}'
# include lib/bash.sh
# include lib/stamps.sh
# include lib/checks.sh

check_everything() {
  need_tools sync
  if [[ $DROP_CACHES == true ]]; then
    need_root
    [[ -w /proc/sys/vm/drop_caches ]] || problem "/proc/sys/vm/drop_caches cannot be written"
  fi
  refuse_on_problems
}

pre_script() {
  local error
  check_everything
  error=$(sync 2>&1) || fail "$PRE_FAILED" "sync: $error"
  if [[ $DROP_CACHES == true ]]; then
    { echo 3 >/proc/sys/vm/drop_caches; } 2>/dev/null ||
      fail "$PRE_FAILED" "the caches cannot be dropped"
  fi
  stamp synced dropped-caches "$DROP_CACHES"
}

case $COMMAND in
  dry-run)
    check_everything
    stamp dry-run-ok
    ;;
  pre-script) pre_script ;;
  post-script) stamp nothing-held ;;
esac
