# shellcheck shell=bash
# Which file systems are to be frozen, and whether they can be.

# The plan, in the order of freezing: the device (major:minor) names a file system, whatever is
# mounted over its mount point later.
PLAN_DEVICES=()
PLAN_MOUNTS=()

# Fills the arrays ALL_* from the kernel's list, in the order of mounting.
read_mounts() {
  local device target options rest
  ALL_DEVICES=() ALL_TARGETS=() ALL_TYPES=() ALL_OPTIONS=() ALL_SUPER=()
  while read -r _ _ device _ target options rest; do
    rest=" $rest"
    rest=${rest#* - }
    printf -v target '%b' "${target//\\/\\0}" # \040 stands for a space
    ALL_DEVICES+=("$device") ALL_TARGETS+=("$target") ALL_OPTIONS+=(",$options,")
    ALL_TYPES+=("${rest%% *}") ALL_SUPER+=(",${rest##* },")
    [[ $target != / ]] || ROOT_DEVICE=$device
  done </proc/self/mountinfo
}

freezable() {
  [[ $1 == ext[34] || $1 == xfs ]]
}

# device_of PATH: sets DEVICE to the file system that holds an existing path.
device_of() {
  local path=$1 number
  DEVICE=
  number=$(stat -L -c %d -- "$path" 2>/dev/null) || return 1
  DEVICE=$(((number >> 8 & 0xfff) | (number >> 32 & ~0xfff))):$(((number & 0xff) | (number >> 12 & 0xfff00)))
}

# select_mounts LIST: fills the plan. The list is `auto`, `none`, or mount points with commas.
select_mounts() {
  local wanted=$1 mount i found
  local -a mounts=()
  local -A planned=()
  PLAN_DEVICES=() PLAN_MOUNTS=()
  read_mounts
  [[ $wanted != none ]] || return 0
  if [[ $wanted != auto ]]; then
    IFS=, read -r -a mounts < <(printf '%s\n' "$wanted")
    for mount in "${mounts[@]}"; do
      [[ $mount == / ]] || mount=${mount%/}
      found=
      for ((i = ${#ALL_TARGETS[@]} - 1; i >= 0; i--)); do
        [[ ${ALL_TARGETS[i]} == "$mount" ]] || continue
        found=${ALL_DEVICES[i]}
        break
      done
      if [[ -z $found ]]; then
        problem "$mount is not a mount point"
      else
        planned[$found]=$mount
      fi
    done
  fi
  # The last one mounted freezes first: a file system in a file lies on one mounted before it.
  for ((i = ${#ALL_TARGETS[@]} - 1; i >= 0; i--)); do
    mount=${ALL_TARGETS[i]} found=${ALL_DEVICES[i]}
    if [[ $wanted == auto ]]; then
      selected_by_default "$i" || continue
      [[ -z ${planned[$found]:-} ]] || continue
      planned[$found]=$mount
    else
      [[ ${planned[$found]:-} == "$mount" ]] || continue
      planned[$found]=$mount/ # once is enough
    fi
    PLAN_DEVICES+=("$found") PLAN_MOUNTS+=("$mount")
    check_mount "$i"
  done
  ((${#PLAN_MOUNTS[@]} + ${#PROBLEMS[@]} > 0)) || problem "there is no file system to freeze"
}

# Every one that can be frozen, is not the root's, and was not mounted read-only on purpose.
selected_by_default() {
  local i=$1
  freezable "${ALL_TYPES[i]}" || return 1
  [[ ${ALL_DEVICES[i]} != "${ROOT_DEVICE:-}" && ${ALL_OPTIONS[i]} != *,ro,* ]] || return 1
  shows "$i"
}

# shows INDEX: whether that mount point is a directory (files can be bound to files) and shows the
# file system still, not hidden by a later mount.
shows() {
  [[ -d ${ALL_TARGETS[$1]} ]] && device_of "${ALL_TARGETS[$1]}" &&
    [[ $DEVICE == "${ALL_DEVICES[$1]}" ]]
}

check_mount() {
  local i=$1 mount=${ALL_TARGETS[$1]} path
  if [[ ${ALL_DEVICES[i]} == "${ROOT_DEVICE:-}" ]]; then
    problem "$mount is on the root file system, which is never frozen"
    return
  fi
  if ! freezable "${ALL_TYPES[i]}"; then
    problem "$mount is ${ALL_TYPES[i]}; only ext3, ext4 and xfs are frozen"
    return
  fi
  if ! shows "$i"; then
    problem "$mount is no directory, or hidden by a later mount"
    return
  fi
  if [[ ${ALL_OPTIONS[i]}${ALL_SUPER[i]} =~ ,(ro|emergency_ro|shutdown), ]]; then
    problem "$mount is read-only: an error may have made it so"
    return
  fi
  # Whoever waits for a frozen file system cannot thaw it: nothing that we, the agent or the
  # memory need may lie on it; nor the audit's log, as the kernel lets processes wait for that.
  for path in / /run /tmp /dev /var /var/tmp /var/lib /var/log /var/log/audit /var/log/journal \
    /var/lib/amazon /var/log/amazon /var/lib/amazon/ssm /var/log/amazon/ssm "${SELF%/*}" \
    "${TMPDIR:-/tmp}" "${SWAPS[@]}"; do
    if device_of "$path" && [[ $DEVICE == "${ALL_DEVICES[i]}" ]]; then
      problem "$mount holds $path, which must stay writable; name the mount points to freeze"
      return
    fi
  done
  probe "$mount"
}

# Asks for the removal of a directory that is not there: it changes nothing, comes back at once
# from a file system that can be written, and does not come back from a frozen one.
probe() {
  local mount=$1 answer='' file
  exec {file}< <(exec rmdir -- "$mount/.freezeframe-probe-$$" 2>&1 8<&- 9<&-)
  if ! IFS= read -r -t 3 -u "$file" answer; then
    problem "$mount does not answer a write: it is frozen by someone else, or its disk hangs"
  elif [[ $answer != *'No such file or directory'* ]]; then
    problem "$mount cannot be written: ${answer##*: }"
  fi
  exec {file}<&-
}

# Sets SWAPS to the files that swap uses.
read_swaps() {
  local name kind
  SWAPS=(/)
  { read -r _ && while read -r name kind _; do
    printf -v name '%b' "${name//\\/\\0}"
    [[ $kind == file ]] && SWAPS+=("$name")
  done; } </proc/swaps
  return 0
}

# mounts_of_paths PATH...: sets MOUNTS to the mount points of the file systems that hold them.
mounts_of_paths() {
  local path i mount device
  local -A found=()
  read_mounts
  MOUNTS=
  for path; do
    if ! device_of "$path"; then
      problem "$path does not exist"
      continue
    fi
    device=$DEVICE
    [[ -z ${found[$device]:-} ]] || continue
    found[$device]=yes mount=
    for ((i = ${#ALL_TARGETS[@]} - 1; i >= 0; i--)); do
      if [[ ${ALL_DEVICES[i]} == "$device" ]] && shows "$i"; then
        mount=${ALL_TARGETS[i]}
        [[ ${ALL_OPTIONS[i]} == *,ro,* ]] || break # it may be bound read-only elsewhere
      fi
    done
    if [[ -z $mount || $mount == *,* ]]; then
      problem "the mount point of $path is not found, or has a comma in its name"
    else
      MOUNTS+=${MOUNTS:+,}$mount
    fi
  done
  [[ -n $MOUNTS ]] || MOUNTS=none
}
