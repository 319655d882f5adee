# shellcheck shell=bash
# The three commands of a document that freezes or unmounts. A document adds four functions:
#   check_ready  names problems; sets MOUNTS to what is to be frozen (auto, none, mount points)
#   hold         makes the application consistent before the freeze; on failure sets CAUSE
#   let_go       ends that, after the thaw; 1 when it had ended before its time, with CAUSE.
#                The pre-script (when it fails), the post-script and the timer call it, so it
#                must work twice and without hold
#   held         prints KEY VALUE lines for the `frozen` event, such as a log position
THAWED=0
PLAN_BEGUN=()
PLAN_DONE=()
THAWING=()

check_everything() {
  need_root
  need_bash
  need_tools fsfreeze flock setsid stat sync mkdir rmdir mv rm cat sleep env timeout losetup
  refuse_on_problems
  check_run
  read_swaps
  MOUNTS=none
  check_ready
  select_mounts "$MOUNTS"
  refuse_on_problems
  check_plan
}

refuse_if_held() {
  if find_holder; then
    if [[ $HOLDER == "$EXECUTION_ID" ]]; then
      refuse "$POST_EXPECTED" "this run's freeze is on already: its post-script is expected"
    fi
    refuse "$POST_EXPECTED" "run $HOLDER holds a freeze: its post-script is expected"
  fi
  [[ ! -e $STATE ]] || refuse "$POST_EXPECTED" "this run was thawed by its timer: its post-script is expected"
}

dry_run() {
  refuse_if_held
  check_everything
  stamp dry-run-ok mounts "${#PLAN_MOUNTS[@]}" auto-thaw-seconds "$AUTO_THAW_SECONDS"
}

pre_script() {
  local -a details=()
  local key value
  need_root
  need_bash
  need_tools flock mkdir
  refuse_on_problems
  lock_run 10
  case $? in
    1) refuse "$NOT_READY" "the state cannot be kept: $RUN cannot be made" ;;
    2) refuse "$POST_EXPECTED" "another run is preparing its freeze" ;;
  esac
  trap 'unlock_run' EXIT
  sweep
  refuse_if_held
  marked_over && refuse "$POST_EXPECTED" "this run's post-script came first: the run is over"
  check_everything
  find_volumes
  flush_mounts ||
    refuse "$NOT_READY" "what is dirty is not written out within $AUTO_THAW_SECONDS s: a disk hangs, or has too much to write"
  if ! publish_state; then
    rm -rf "$RUN/.new-$$"
    refuse "$NOT_READY" "the state cannot be written under /run"
  fi
  trap 'undo; exit "$PRE_FAILED"' TERM INT HUP
  trap - EXIT
  exec 8<&-
  if marked_over; then
    remove_state
    refuse "$POST_EXPECTED" "this run's post-script came first: the run is over"
  fi
  if ! arm_timer; then
    undo
    refuse "$NOT_READY" "the auto-thaw timer cannot be started"
  fi
  close_plan # an application's client must not inherit it
  stamp armed auto-thaw-seconds "$AUTO_THAW_SECONDS"
  if ! hold; then
    value=$CAUSE
    undo
    fail "$PRE_FAILED" "$value"
  fi
  stamp freezing mounts "${#PLAN_MOUNTS[@]}"
  if ! freeze_mounts; then
    value=$CAUSE
    undo
    fail "$PRE_FAILED" "$value"
  fi
  now
  if ! mv -T "$STATE/phase.frozen" "$STATE/phase" 2>/dev/null; then
    undo
    fail "$PRE_FAILED" "the state cannot be renamed"
  fi
  while IFS=' ' read -r key value; do
    [[ -z $key ]] || details+=("$key" "$value")
  done < <(held)
  stamp_at "$NOW" frozen mounts "${#PLAN_MOUNTS[@]}" auto-thaw-seconds "$AUTO_THAW_SECONDS" \
    "${details[@]+"${details[@]}"}"
  stamp_held
}

# What the pre-script does when it cannot go on: at once, in reverse order, past every error.
undo() {
  trap '' TERM INT HUP
  read_plan
  thaw_mounts # without the lock: who has it may hang
  let_go || true
  lock_thaw 2 || return 0 # the timer or a post-script is at it
  [[ ! -e $STATE/word ]] || return 0
  ((THAWED == 0)) || stamp thawed mounts "$THAWED" failed "$FAILED"
  # What could not be thawed stays on the timer's list, and so does what a freeze may yet freeze.
  exec 9<&-
  if ((FAILED == 0)) && { exec 9<"$STATE/freezer.lock"; } 2>/dev/null && flock -w 0.2 9; then
    end_timer
    remove_state
  fi
  unlock_thaw
}

post_script() {
  local lost='' word='' at hung=''
  need_root
  need_tools fsfreeze flock
  refuse_on_problems
  if [[ ! -d $STATE ]]; then
    find_nothing
  fi
  now
  at=$NOW
  read_plan
  lock_thaw 0
  case $? in
    1)
      # Anyone who has the lock may hang: the thaw does not wait for that.
      thaw_mounts >/dev/null
      lock_thaw 5
      ;;
  esac
  case $? in
    1) fail "$POST_FAILED" "the timer is thawing and has not finished" ;;
    2) refuse "$PRE_EXPECTED" "this run is over" ;;
  esac
  if [[ -e $STATE/word ]]; then
    read_word
  fi
  stamp_at "$at" thawing
  if ! phase frozen; then
    thaw_mounts >/dev/null
    stop_freezer 5 || hung=yes
    read_plan
  fi
  thaw_mounts
  let_go || lost=$CAUSE
  now
  at=$NOW
  # The timer stays, and so does the state: another post-script tries again.
  if ((FAILED > 0)); then
    fail "$POST_FAILED" "${NOT_BACK:-$FAILED of $((THAWED + IDLE + FAILED)) file systems are not $UNDONE}"
  fi
  [[ -z $hung ]] ||
    fail "$POST_FAILED" "a freeze is still under way in the kernel; the timer thaws when it ends"
  phase frozen || word=yes
  end_timer
  remove_state
  if [[ -n $word ]]; then
    stamp_at "$at" thawed mounts "$THAWED" pre-script incomplete
    exit 0
  fi
  if ((IDLE > 0)); then
    fail "$AUTO_THAWED" "$IDLE file systems had been $UNDONE by someone else"
  fi
  [[ -z $lost ]] || fail "$AUTO_THAWED" "$lost"
  stamp_at "$at" thawed mounts "$THAWED"
}

# No state: the pre-script has not come, failed, or belongs to another run.
find_nothing() {
  lock_run 10 || true # without it the mark below decides
  if [[ ! -d $STATE ]]; then
    mkdir -m 0700 "$RUN" 2>/dev/null
    leave_mark
  fi
  find_holder || true
  unlock_run
  [[ ! -d $STATE ]] || return 0
  if [[ -n $HOLDER ]]; then
    refuse "$PRE_EXPECTED" "run $HOLDER holds the freeze, not this one: nothing was thawed"
  fi
  refuse "$PRE_EXPECTED" "no pre-script of this run holds a freeze"
}

# The timer came first: its word is told and the run is over.
read_word() {
  local line at reason thawed failed
  IFS= read -r line <"$STATE/word"
  at=${line#*at=} at=${at%% *}
  reason=${line#*reason=} reason=${reason%% *}
  thawed=${line#*thawed=} thawed=${thawed%% *}
  failed=${line#*failed=} failed=${failed%% *}
  stamp_at "$at" auto-thawed reason "$reason" mounts "$thawed" failed "$failed"
  if ((failed > 0)); then
    read_plan
    thaw_mounts
    let_go || true
    ((FAILED == 0)) || fail "$POST_FAILED" "${NOT_BACK:-$FAILED file systems are not $UNDONE}"
  fi
  remove_state
  fail "$AUTO_THAWED" "the timer $UNDONE at $at"
}

main() {
  case ${1:-$COMMAND} in
    dry-run) dry_run ;;
    pre-script) pre_script ;;
    post-script) post_script ;;
    freezeframe-watch) watch "${2:-}" ;;
    freezeframe-session) session ;;
    *) refuse "$NOT_READY" "there is no command ${1:-$COMMAND}" ;;
  esac
}
