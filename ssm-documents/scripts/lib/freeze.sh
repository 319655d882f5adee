# shellcheck shell=bash
# Freezing and thawing the file systems of the plan. A file system is named by a descriptor that
# was checked, never by a path: a path may show another one by the time it is used.

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

# Freezes the plan in order, through the timer's descriptors: what it could not thaw is not frozen.
# On the first that fails sets CAUSE and stops.
freeze_mounts() {
  local i name file error status mount
  for ((i = 0; i < ${#PLAN_MOUNTS[@]}; i++)); do
    mount=${PLAN_MOUNTS[i]}
    if ! time_left; then
      CAUSE="the timer would have run out before $mount was frozen"
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
    # A disk that hangs keeps fsfreeze, which nothing can end, but not us.
    exec {file}< <({ fsfreeze --freeze "/proc/$PROCESS/fd/$((i + 20))" 2>&1 && echo frozen; } 2>/dev/null)
    error=
    IFS= read -r -t "$SECONDS_LEFT" -u "$file" error
    status=$?
    exec {file}<&-
    if [[ $error != frozen ]]; then
      CAUSE="$mount cannot be frozen: ${error##*: }"
      if ((status > 128)); then
        CAUSE="$mount does not come to rest: its disk hangs, or has too much to write"
      else
        # A freeze that was refused is another's or nobody's: it is not ours to thaw.
        mv -T "$STATE/begun-$name" "$STATE/todo-$name" 2>/dev/null
      fi
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

# open_frozen INDEX: opens that file system on its descriptor again: as the timer, its spare or the
# pre-script have it open, where it was mounted, where it is mounted now. The first two reach one
# that was unmounted (lazily), renamed or mounted over since. Any of it may hang.
open_frozen() {
  local i=$1 device=${PLAN_DEVICES[$1]} number=$(($1 + 20)) timer=- spare=- freezer=- process
  { read -r timer _ spare _ <"$STATE/armed" || read -r timer _ spare _ <"$STATE/ended"; } 2>/dev/null
  { read -r freezer _ <"$STATE/pid"; } 2>/dev/null
  for process in "$timer" "$spare" "$freezer"; do
    open_at "$number" "/proc/$process/fd/$number" "$device" && return 0
  done
  open_at "$number" "${PLAN_MOUNTS[i]}" "$device" && return 0
  read_mounts >/dev/null
  for ((i = 0; i < ${#ALL_DEVICES[@]}; i++)); do
    [[ ${ALL_DEVICES[i]} != "$device" ]] || ! open_at "$number" "${ALL_TARGETS[i]}" "$device" || return 0
  done
  return 1
}

# thaw_one INDEX: prints thawed, idle (it was not frozen) or why not.
thaw_one() {
  local i error
  for ((i = 0; i < ${#PLAN_DEVICES[@]}; i++)); do
    ((i == $1)) || eval "exec $((i + 20))<&-"
  done
  if [[ -n ${OPENED[$1]:-} ]] || open_frozen "$1"; then
    error=$(fsfreeze --unfreeze "/proc/self/fd/$(($1 + 20))" 2>&1) && error=thawed
  else
    error=$(thaw_unmounted "${PLAN_DEVICES[$1]}" 2>&1) && error=thawed
  fi
  [[ $error != *'Invalid argument'* ]] || error=idle
  error=${error##*$'\n'}
  printf '%s\n' "${error##*: }"
}

# thaw_unmounted DEVICE: one that is mounted nowhere in sight lives on while it is frozen or in
# use. Its device, mounted again where nobody else sees it, is the same file system.
thaw_unmounted() {
  local name type
  read_name "$1"
  for type in ext4 xfs; do
    [[ -d /sys/fs/$type/$NAME ]] || continue
    # shellcheck disable=SC2016 # that shell's parameters, not ours
    exec unshare --mount --propagation private sh -c \
      'mount -t "$1" "/dev/$2" "$3" && exec fsfreeze --unfreeze "$3"' sh "$type" "$NAME" /run
  done
  echo 'Invalid argument' # it has ended, and its freeze with it
  return 1
}

# thaw_mounts: all at once, each in a process of its own, and two seconds later goes on past those
# that hang; such a process thaws when its disk answers, so the next call only asks it again. Adds
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
  limit=$((UPTIME + 200))
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
