# shellcheck shell=bash
# What freezing and unmounting have in common: the file systems of the plan are held one after the
# other, and thawed all at once. What does so adds
#   DONE, UNDONE      how its messages call that: frozen and thawed
#   check_plan        refuses what else forbids to hold the plan
#   freeze_one PLACE  prints DONE, or why not; it runs in a process of its own, which may hang
#   thaw_one PLACE    prints thawed, idle (it was not held) or why not; likewise
#   take_over AGAIN   makes the timer's process ready, which waits on descriptor 17; or, after it
#                     started again as itself, finds what it has; 1: it is not needed

# Writes out what is dirty while everyone still writes: what the freeze itself has left to write,
# and so the time that writers stall, is then small. 1: a disk does not answer.
flush_mounts() {
  local i file answer=''
  exec {file}< <(
    exec 2>/dev/null 8<&-
    for ((i = 0; i < ${#PLAN_MOUNTS[@]}; i++)); do
      sync -f -- "/proc/self/fd/$((i + 20))" >/dev/null || sync >/dev/null
    done
    echo flushed
  )
  IFS= read -r -t "$AUTO_THAW_SECONDS" -u "$file" answer
  exec {file}<&-
  [[ $answer == flushed ]]
}

# Holds the plan in order. On the first that fails sets CAUSE and stops.
freeze_mounts() {
  local i name file error status mount
  for ((i = 0; i < ${#PLAN_MOUNTS[@]}; i++)); do
    mount=${PLAN_MOUNTS[i]}
    if ! time_left; then
      CAUSE="the timer would have run out before $mount was $DONE"
      return 1
    fi
    printf -v name '%02d' "$i"
    if ! error=$(mv -T "$STATE/todo-$name" "$STATE/begun-$name" 2>&1); then
      CAUSE="the state of $mount cannot be written: $error"
      return 1
    fi
    if ! alive "$STATE/armed"; then
      mv -T "$STATE/begun-$name" "$STATE/todo-$name" 2>/dev/null
      CAUSE="the timer has gone"
      return 1
    fi
    # A disk that hangs keeps that process, which nothing can end, but not us.
    exec {file}< <(freeze_one "$i" 2>/dev/null)
    error=
    IFS= read -r -t "$SECONDS_LEFT" -u "$file" error
    status=$?
    exec {file}<&-
    if [[ $error != "$DONE" ]]; then
      CAUSE="$mount cannot be $DONE: $error"
      ((status <= 128)) ||
        CAUSE="$mount does not come to rest: its disk hangs, or has too much to write"
      return 1
    fi
  done
}

# A quarter of the timer's length is kept for the snapshot. Sets SECONDS_LEFT.
time_left() {
  local left
  uptime_now
  left=$((DEADLINE - AUTO_THAW_SECONDS * 25 - UPTIME))
  printf -v SECONDS_LEFT '%d.%02d' "$((left / 100))" "$((left % 100))" 2>/dev/null
  ((left > 0))
}

# thaw_mounts: all at once, each in a process of its own, and goes on past those that hang for two
# seconds; such a process thaws when its disk answers, so the next call only asks it again. Adds
# to THAWED; sets IDLE and FAILED. What was thawed is not thawed twice: the next freeze may be
# another's.
thaw_mounts() {
  local i file answer status limit left
  IDLE=0 FAILED=0
  for ((i = ${#PLAN_DEVICES[@]} - 1; i >= 0; i--)); do
    [[ -n ${PLAN_BEGUN[i]} && -z ${PLAN_DONE[i]:-}${THAWING[i]:-} ]] || continue
    exec {file}< <(
      exec 2>/dev/null 6<&- 7<&- 8<&- 9<&-
      thaw_one "$i"
    )
    THAWING[i]=$file
  done
  uptime_now
  limit=$((UPTIME + ${PATIENCE:-200}))
  for ((i = ${#PLAN_DEVICES[@]} - 1; i >= 0; i--)); do
    file=${THAWING[i]:-}
    [[ -n $file ]] || continue
    uptime_now
    left=$((limit > UPTIME ? limit - UPTIME : 1))
    printf -v left '%d.%02d' "$((left / 100))" "$((left % 100))"
    answer=
    IFS= read -r -t "$left" -u "$file" answer
    status=$?
    if ((status > 128)); then
      answer="the thaw does not come back: its disk hangs"
    else
      exec {file}<&-
      THAWING[i]=
    fi
    case $answer in
      thawed) THAWED=$((THAWED + 1)) PLAN_DONE[i]=yes ;;
      idle) IDLE=$((IDLE + 1)) ;;
      *)
        FAILED=$((FAILED + 1))
        stamp thaw-failed mount "${PLAN_MOUNTS[i]}" cause "${answer:-the thaw ended without a word}"
        ;;
    esac
  done
}

# stop_freezer SECONDS: ends a pre-script that still runs, and thaws until its last fsfreeze is
# gone: one that the kernel holds in the middle of a freeze completes it after its death.
stop_freezer() {
  local limit
  if phase frozen || ! { exec 9<"$STATE/freezer.lock"; } 2>/dev/null; then
    return 0
  fi
  uptime_now
  limit=$((UPTIME + $1 * 100))
  until flock -n 9; do
    uptime_now
    ((UPTIME < limit)) || return 1
    alive "$STATE/pid" && kill -KILL "$PROCESS" 2>/dev/null
    read_plan
    thaw_mounts >/dev/null
    sleep 0.1
  done
}

# lock_thaw SECONDS: the right to thaw this run, on descriptor 7; 1: not in time, 2: it is over.
lock_thaw() {
  { exec 7<"$STATE/thaw.lock"; } 2>/dev/null || return 2
  flock -w "$1" 7 || return 1
  [[ $STATE/thaw.lock -ef /proc/self/fd/7 ]] || return 2
}

unlock_thaw() {
  exec 7<&-
}
