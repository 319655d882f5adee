# shellcheck shell=bash
# Freezing and thawing the file systems of the plan.

# Writes out what is dirty while everyone still writes: what the freeze itself has left to write,
# and so the time that writers stall, is then small.
flush_mounts() {
  local mount
  for mount in "${PLAN_MOUNTS[@]+"${PLAN_MOUNTS[@]}"}"; do
    sync -f -- "$mount" 2>/dev/null || sync
  done
}

# Freezes the plan in order; on the first that fails sets CAUSE and stops.
freeze_mounts() {
  local i name error
  FROZEN=()
  for ((i = 0; i < ${#PLAN_MOUNTS[@]}; i++)); do
    if ! time_left; then
      CAUSE="the timer would have run out before ${PLAN_MOUNTS[i]} was frozen"
      return 1
    fi
    printf -v name '%02d' "$i"
    if ! error=$(mv -T "$STATE/todo-$name" "$STATE/begun-$name" 2>&1); then
      CAUSE="the state of ${PLAN_MOUNTS[i]} cannot be written: $error"
      return 1
    fi
    if ! error=$(mount_is "${PLAN_MOUNTS[i]}" "${PLAN_DEVICES[i]}" &&
      fsfreeze --freeze "${PLAN_MOUNTS[i]}" 2>&1); then
      # A freeze that was refused is another's or nobody's: it is not ours to thaw.
      mv -T "$STATE/begun-$name" "$STATE/todo-$name" 2>/dev/null
      CAUSE="${PLAN_MOUNTS[i]} cannot be frozen: ${error##*: }"
      return 1
    fi
    FROZEN+=("$i")
  done
}

# A quarter of the timer's length is kept for the snapshot.
time_left() {
  uptime_now
  ((UPTIME + AUTO_THAW_SECONDS * 25 < DEADLINE))
}

# mount_is PATH DEVICE: whether that file system is what the path still shows.
mount_is() {
  if device_of "$1" && [[ $DEVICE == "$2" ]]; then
    return 0
  fi
  echo "fsfreeze: it is mounted there no more"
  return 1
}

# thaw_mount INDEX: sets RESULT to thawed, idle (it was not frozen) or failed, and CAUSE.
# The timer keeps a descriptor open on each: it reaches a file system that was unmounted (lazily)
# or mounted over since.
thaw_mount() {
  local i=$1 path error
  RESULT=failed CAUSE="it is mounted nowhere any more"
  for path in "/proc/${WATCHER:-none}/fd/$((i + 20))" "${PLAN_MOUNTS[i]}"; do
    if [[ ! -e $path ]] || ! device_of "$path" || [[ $DEVICE != "${PLAN_DEVICES[i]}" ]]; then
      continue
    fi
    if error=$(fsfreeze --unfreeze "$path" 2>&1); then
      RESULT=thawed CAUSE=
      return
    fi
    if [[ $error == *'Invalid argument'* ]]; then
      RESULT=idle CAUSE=
      return
    fi
    CAUSE=${error##*: }
  done
}

# thaw_mounts: in reverse order, past every error. Adds to THAWED; sets IDLE and FAILED.
thaw_mounts() {
  local i
  IDLE=0 FAILED=0
  for ((i = ${#PLAN_MOUNTS[@]} - 1; i >= 0; i--)); do
    [[ -n ${PLAN_BEGUN[i]} ]] || continue
    thaw_mount "$i"
    case $RESULT in
      thawed) THAWED=$((THAWED + 1)) ;;
      idle) IDLE=$((IDLE + 1)) ;;
      *)
        FAILED=$((FAILED + 1))
        stamp thaw-failed mount "${PLAN_MOUNTS[i]}" cause "$CAUSE"
        ;;
    esac
  done
}

# stop_freezer SECONDS: ends a pre-script that still runs, and thaws until its last fsfreeze is
# gone: one that the kernel holds in the middle of a freeze completes it after its death.
stop_freezer() {
  local tries=0
  { exec 9<"$STATE/freezer.lock"; } 2>/dev/null || return 0
  if phase frozen; then
    flock -w 2 9 && return 0
  fi
  until flock -n 9; do
    ((tries++ < $1 * 10)) || return 1
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
  [[ $STATE/thaw.lock -ef /proc/$$/fd/7 ]] || return 2
}

unlock_thaw() {
  exec 7<&-
}
