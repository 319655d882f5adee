# shellcheck shell=bash
# Freezing and thawing the file systems of the plan. A file system is named by a descriptor that
# was checked, never by a path: a path may show another one by the time it is used.
# include hold.sh
readonly DONE=frozen UNDONE=thawed

check_plan() { :; }

# freeze_one PLACE: through the timer's descriptor: what it could not thaw is not frozen.
freeze_one() {
  local error
  if error=$(fsfreeze --freeze "/proc/$PROCESS/fd/$(($1 + 20))" 2>&1); then
    echo frozen
  else
    # A freeze that was refused is another's or nobody's: it is not ours to thaw.
    mv -T "$STATE/begun-$name" "$STATE/todo-$name"
    printf '%s\n' "${error##*: }"
  fi
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

# For each file system the timer has a process that waits for an order (descriptor 18), for timer and
# spare to be gone, or for the deadline, and then becomes fsfreeze. So a thaw needs neither a living
# timer nor a new process.
take_over() {
  local i
  if [[ -n $1 ]]; then
    for ((i = 0; i < ${#PLAN_DEVICES[@]}; i++)); do
      [[ ! -e /proc/self/fd/$((i + 20)) ]] || OPENED[i]=yes
    done
    return
  fi
  close_inherited "${#PLAN_DEVICES[@]}"
  open_plan || [[ -e $STATE/armed ]] || return 1
  exec 17<> <(:) 18<> <(:)
  for ((i = 0; i < ${#PLAN_DEVICES[@]}; i++)); do
    (await_thaw "$i") </dev/null >/dev/null 2>&1 &
  done
}

# Opens the plan on the descriptors of this process, from the pre-script that checked them, or from
# anyone who has them. 1: not all of it.
open_plan() {
  local i number answer file missing=0
  read_mounts >/dev/null
  for ((i = 0; i < ${#PLAN_DEVICES[@]}; i++)); do
    # Looked at by another process first: it may hang.
    number=$((i + 20)) answer=
    if device_of "/proc/self/fd/$number" && [[ $DEVICE == "${PLAN_DEVICES[i]}" ]]; then
      OPENED[i]=yes
      continue
    fi
    exec {file}< <(open_frozen "$i" && echo yes)
    read -r -t 2 -u "$file" answer
    exec {file}<&-
    if [[ $answer == yes ]] && open_frozen "$i"; then
      OPENED[i]=yes
    else
      missing=1
    fi
  done
  return "$missing"
}

# await_thaw PLACE: the process that thaws that file system when nobody else can.
await_thaw() {
  local i name order=
  trap '' TERM
  exec 19<"/proc/self/fd/18" 18<&- 17<&-
  for ((i = 0; i < ${#PLAN_DEVICES[@]}; i++)); do
    ((i == $1)) || eval "exec $((i + 20))<&-"
  done
  uptime_now
  read -r -n 1 -t $((deadline > UPTIME ? (deadline - UPTIME) / 100 + 1 : 1)) -u 19 order
  printf -v name '%02d' "$1"
  # Over, or never begun: then it is another's freeze.
  [[ $order != e && ! -e $STATE/ended && ! -e $STATE/todo-$name ]] || exit 0
  exec 19<&-
  shopt -s execfail
  until exec fsfreeze --unfreeze "/proc/self/fd/$(($1 + 20))"; do
    uptime_now # no memory: once more
  done
}
