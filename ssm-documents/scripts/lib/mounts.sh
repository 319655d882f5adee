# shellcheck shell=bash
# Which file systems are to be held, and whether they can be.
# include carriers.sh
# include volumes.sh

# The plan, in the order of freezing: the device (major:minor) names a file system, whatever its
# mount point shows later. Number 20 + its place is the descriptor that has it open.
PLAN_DEVICES=()
PLAN_MOUNTS=()
OPENED=()
declare -A MOUNTED=() NEEDED=()

# Fills the arrays ALL_* from the kernel's list, in the order of mounting. The list changes while
# it is read, and small pieces miss some of it: it is read whole, and until two readings have the
# same file systems of the kinds that can be frozen.
read_mounts() {
  local line target now before=none tries
  local -a lines=() fields
  for ((tries = 0; tries < 50; tries++)); do
    mapfile -t lines < <(exec cat /proc/self/mountinfo)
    now=
    for line in "${lines[@]+"${lines[@]}"}"; do
      [[ $line != *' - ext'[34]' '* && $line != *' - xfs '* ]] || now+=$line$'\n'
    done
    [[ $now != "$before" ]] || break
    before=$now
  done
  ((tries < 50)) || problem "the list of mounts does not come to rest"
  MOUNT_LINES=${lines[*]-}
  MOUNTED=() ALL_DEVICES=() ALL_TARGETS=() ALL_TYPES=() ALL_OPTIONS=() ALL_SUPER=()
  for line in "${lines[@]+"${lines[@]}"}"; do
    # shellcheck disable=SC2206 # split on purpose
    fields=($line)
    printf -v target '%b' "${fields[4]//\\/\\0}" # \040 stands for a space
    MOUNTED[${fields[0]}]=${fields[2]}
    ALL_DEVICES+=("${fields[2]}") ALL_TARGETS+=("$target")
    ALL_OPTIONS+=(",${fields[5]},") ALL_SUPER+=(",${line##* },")
    line=${line#* - }
    ALL_TYPES+=("${line%% *}")
    [[ $target != / ]] || ROOT_DEVICE=${fields[2]}
  done
}

freezable() {
  [[ $1 == ext[34] || $1 == xfs ]]
}

# device_of PATH: sets DEVICE to the file system that holds an existing path, and OWNER.
device_of() {
  local number
  DEVICE=
  # shellcheck disable=SC2034 # OWNER is for links_below
  read -r number OWNER < <(exec stat -L -c '%d %u' -- "$1" 2>/dev/null) || return 1
  DEVICE=$(((number >> 8 & 0xfff) | (number >> 32 & ~0xfff))):$(((number & 0xff) | (number >> 12 & 0xfff00)))
}

# device_at FILE: sets DEVICE to the block device that the file stands for.
device_at() {
  local major minor
  DEVICE=
  read -r major minor < <(exec stat -L -c '%t %T' -- "$1" 2>/dev/null) || return 1
  DEVICE=$((16#$major)):$((16#$minor))
}

# open_at NUMBER PATH DEVICE: opens that directory on that descriptor, unless what is open then is
# another file system: the path is believed in nothing.
open_at() {
  local key value id=-
  eval "exec $1<\"\$2/.\"" 2>/dev/null || return 1
  while read -r key value; do
    [[ $key != mnt_id: ]] || id=$value
  done <"/proc/self/fdinfo/$1"
  [[ ${MOUNTED[$id]:-$3} == "$3" ]] && device_of "/proc/self/fd/$1" && [[ $DEVICE == "$3" ]] && return 0
  eval "exec $1<&-"
  return 1
}

# select_mounts LIST: fills the plan. The list is `auto`, `none`, or mount points with commas.
select_mounts() {
  local wanted=$1 mount i
  local -a mounts=() picked=()
  local -A named=()
  PLAN_DEVICES=() PLAN_MOUNTS=()
  read_mounts
  [[ $wanted != none ]] || return 0
  if [[ $wanted != auto ]]; then
    IFS=, read -r -a mounts < <(printf '%s\n' "$wanted")
    for mount in "${mounts[@]}"; do
      [[ $mount == / ]] || mount=${mount%/}
      for ((i = ${#ALL_TARGETS[@]} - 1; i >= 0; i--)); do
        [[ ${ALL_TARGETS[i]} != "$mount" ]] || break
      done
      if ((i < 0)); then
        problem "$mount is not a mount point"
      else
        picked[i]=yes
      fi
    done
  fi
  # Of those that do not carry each other the last one mounted freezes first.
  for ((i = ${#ALL_TARGETS[@]} - 1; i >= 0; i--)); do
    if [[ $wanted == auto ]]; then
      selected_by_default "$i" || continue
    else
      [[ -n ${picked[i]:-} ]] || continue
    fi
    name_mount "$i"
  done
  ((${#PLAN_DEVICES[@]} <= 200)) || problem "${#PLAN_DEVICES[@]} file systems are more than 200"
  order_plan
  find_needed
  for ((i = 0; i < ${#PLAN_DEVICES[@]}; i++)); do
    PLAN_MOUNTS[i]=
    check_mount "$i" "${named[${PLAN_DEVICES[i]}]}"
  done
  ((${#PLAN_DEVICES[@]} + ${#PROBLEMS[@]} > 0)) || problem "there is no file system to hold"
}

# name_mount INDEX: notes that mount point for its file system; several may show one.
name_mount() {
  local device=${ALL_DEVICES[$1]}
  [[ -n ${named[$device]:-} ]] || PLAN_DEVICES+=("$device")
  named[$device]+="$1 "
}

# Every one that can be frozen, is not the root's, and was not mounted read-only on purpose.
selected_by_default() {
  freezable "${ALL_TYPES[$1]}" &&
    [[ ${ALL_DEVICES[$1]} != "${ROOT_DEVICE:-}" && ${ALL_OPTIONS[$1]} != *,ro,* ]]
}

# shows INDEX: whether that mount point is a directory (files can be bound to files) and shows the
# file system still, not hidden by a later mount.
shows() {
  [[ -d ${ALL_TARGETS[$1]} ]] && device_of "${ALL_TARGETS[$1]}" &&
    [[ $DEVICE == "${ALL_DEVICES[$1]}" ]]
}

# check_mount PLACE "INDEX...": opens that place of the plan by the first of the mount points that
# shows it, and names what forbids to freeze it.
check_mount() {
  local place=$1 device=${PLAN_DEVICES[$1]} i mount tries
  local -a indices
  read -r -a indices < <(printf '%s\n' "$2")
  i=${indices[0]} mount=${ALL_TARGETS[indices[0]]}
  PLAN_MOUNTS[place]=$mount
  if [[ $device == "${ROOT_DEVICE:-}" ]]; then
    problem "$mount is on the root file system, which is never $DONE"
    return
  fi
  if ! freezable "${ALL_TYPES[i]}"; then
    problem "$mount is ${ALL_TYPES[i]}; only ext3, ext4 and xfs are $DONE"
    return
  fi
  # Anyone who owns a directory above may rename it just now: more than one look.
  for ((tries = 0; tries < 20; tries++)); do
    for i in "${indices[@]}"; do
      mount=${ALL_TARGETS[i]}
      open_at "$((place + 20))" "$mount" "$device" && break 2
    done
  done
  if ((tries == 20)); then
    problem "$mount is no directory, or hidden by a later mount, and no mount point shows its file system"
    return
  fi
  PLAN_MOUNTS[place]=$mount OPENED[place]=yes
  if [[ ${ALL_OPTIONS[i]}${ALL_SUPER[i]} =~ ,(ro|emergency_ro|shutdown), ]]; then
    problem "$mount is read-only: an error may have made it so"
    return
  fi
  if [[ -n ${NEEDED[$device]:-} ]]; then
    problem "$mount holds ${NEEDED[$device]}, which must stay writable; name other mount points"
    return
  fi
  probe "$place"
}

# Sets NEEDED[DEVICE] to a path that is on that file system, or on one in a file of it. Anyone who
# waits for a frozen file system cannot thaw it: nothing that we, the agent or the memory need may
# lie there; nor the audit's log, as the kernel lets processes wait for that.
find_needed() {
  local path device
  NEEDED=()
  for path in / /run /tmp /dev /var /var/tmp /var/lib /var/log /var/log/audit /var/log/journal \
    /var/lib/amazon /var/log/amazon /var/lib/amazon/ssm /var/log/amazon/ssm "${SELF%/*}" \
    "${TMPDIR:-/tmp}" "${SWAPS[@]}"; do
    if [[ -b $path ]]; then
      device_at "$path" || continue
    else
      device_of "$path" || continue
    fi
    [[ -z ${NEEDED[$DEVICE]:-} ]] || continue
    NEEDED[$DEVICE]=$path
    carriers_of "$DEVICE" || continue
    for device in $CARRIERS; do
      NEEDED[$device]=$path
    done
  done
}

# probe PLACE: asks for the removal of a directory that is not there: it changes nothing, comes
# back at once from a file system that can be written, and does not come back from a frozen one.
probe() {
  local mount=${PLAN_MOUNTS[$1]} answer='' file name
  read -r name </proc/sys/kernel/random/uuid # one that nobody could have made
  exec {file}< <(exec rmdir -- "/proc/self/fd/$(($1 + 20))/.freezeframe-$name" 2>&1 8<&- 9<&-)
  if ! IFS= read -r -t 3 -u "$file" answer; then
    problem "$mount does not answer a write: it is frozen by someone else, or its disk hangs"
  elif [[ $answer != *'No such file or directory'* ]]; then
    problem "$mount cannot be written: ${answer##*: }"
  fi
  exec {file}<&-
}

close_plan() {
  local i
  for i in "${!OPENED[@]}"; do
    eval "exec $((i + 20))<&-"
  done
  OPENED=()
}

# Sets SWAPS to the files and devices that swap uses.
read_swaps() {
  local line name
  local -a lines=()
  SWAPS=(/)
  mapfile -t lines < <(exec cat /proc/swaps)
  for line in "${lines[@]:1}"; do
    name=${line%%[[:space:]]*}
    printf -v name '%b' "${name//\\/\\0}"
    SWAPS+=("$name")
  done
}
