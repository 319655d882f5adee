# shellcheck shell=bash
# What stands on what, from the kernel's own tree: partitions on disks, mapped and RAID devices on
# others, loop devices on files of file systems. Who is frozen before what it stands on can write
# its last; the other way round it waits for a thaw.

declare -A LOOPS=()

# Fills LOOPS[loop device] with the file system of its file, as the kernel knows it, not a path.
read_loops() {
  local line
  local -a lines=() fields
  mapfile -t lines < <(exec losetup --list --output MAJ:MIN,BACK-MAJ:MIN 2>/dev/null)
  LOOPS=()
  for line in "${lines[@]+"${lines[@]}"}"; do
    # shellcheck disable=SC2206 # split on purpose
    fields=($line)
    # One that is being set up or detached has no file.
    [[ $line == *[!0-9:\ ]* ]] || ((${#fields[@]} < 2)) || LOOPS[${fields[0]}]=${fields[1]}
  done
}

# read_name DEVICE: sets NAME to what /dev has it as.
read_name() {
  local line
  NAME=
  { while read -r line; do [[ $line != DEVNAME=* ]] || NAME=${line#*=}; done <"/sys/dev/block/$1/uevent"; } 2>/dev/null
  [[ -n $NAME ]]
}

# below DEVICE: sets BELOW to what that stands on directly; 1 with CAUSE if that is not known.
below() {
  local directory=/sys/dev/block/$1 device path
  BELOW=
  if [[ $1 == 0:* ]]; then
    below_type "$1"
    return
  fi
  if ! read_name "$1"; then
    CAUSE="the kernel does not show the device $1"
    return 1
  fi
  if [[ -e $directory/partition ]]; then
    { read -r BELOW <"$directory/../dev"; } 2>/dev/null && return 0
    CAUSE="the disk of $NAME is not known"
    return 1
  fi
  set +f
  for path in "$directory"/slaves/*; do
    { read -r device <"$path/dev"; } 2>/dev/null && BELOW+="$device "
  done
  set -f
  [[ -z $BELOW ]] || return 0
  # What is not virtual is a disk, for us at least.
  [[ -e /sys/devices/virtual/block/$NAME && $NAME != ram* && $NAME != zram* ]] || return 0
  CAUSE="what $NAME stands on is not known"
  [[ -n ${LOOPS[$1]:-} ]] || return 1
  BELOW=${LOOPS[$1]}
  { IFS= read -r path <"$directory/loop/backing_file"; } 2>/dev/null
  if [[ $BELOW == 0:* && ${path:-} == /dev/* && -b $path ]]; then
    device_at "$path" && BELOW=$DEVICE # a loop device on a device
  fi
}

# below_type DEVICE: for file systems without a block device: in memory, or not known.
below_type() {
  local i type=
  for ((i = 0; i < ${#ALL_DEVICES[@]}; i++)); do
    [[ ${ALL_DEVICES[i]} != "$1" ]] || type=${ALL_TYPES[i]}
  done
  [[ $type != tmpfs && $type != ramfs && $type != devtmpfs ]] || return 0
  CAUSE="what a file of ${type:-a file system that is not mounted here} stands on is not known"
  return 1
}

# carriers_of DEVICE: sets CARRIERS to everything that it stands on; 1 with CAUSE if something of
# that is not known, or it stands on itself.
carriers_of() {
  local device i
  local -a queue=("$1")
  CARRIERS=' '
  for ((i = 0; i < ${#queue[@]}; i++)); do
    below "${queue[i]}" || return 1
    ((i > 0)) || add_logs "$1"
    for device in $BELOW; do
      if [[ $device == "$1" ]]; then
        CAUSE="it stands on itself"
        return 1
      fi
      [[ $CARRIERS != *" $device "* ]] || continue
      CARRIERS+="$device "
      queue+=("$device")
    done
  done
}

# add_logs DEVICE: adds to BELOW the devices of XFS's log and real-time part, if they are others.
add_logs() {
  local i option
  local -a options
  for ((i = 0; i < ${#ALL_DEVICES[@]}; i++)); do
    [[ ${ALL_DEVICES[i]} == "$1" && ${ALL_SUPER[i]} =~ ,(logdev|rtdev)= ]] || continue
    IFS=, read -r -a options < <(printf '%s\n' "${ALL_SUPER[i]}")
    for option in "${options[@]}"; do
      [[ $option =~ ^(logdev|rtdev)= ]] && device_at "${option#*=}" && BELOW+=" $DEVICE"
    done
  done
}

# Puts the plan in order: first what nothing else of it stands on. Names what has no order.
order_plan() {
  local i j found
  local -a left=("${PLAN_DEVICES[@]+"${PLAN_DEVICES[@]}"}") ordered=()
  local -A under=()
  read_loops
  for ((i = 0; i < ${#left[@]}; i++)); do
    CARRIERS=
    if [[ ${left[i]} != 0:* ]] && ! carriers_of "${left[i]}"; then
      problem "${ALL_TARGETS[${named[${left[i]}]%% *}]} cannot be put in order: $CAUSE"
      return
    fi
    under[${left[i]}]=$CARRIERS
  done
  while ((${#left[@]} > 0)); do
    for ((i = 0; i < ${#left[@]}; i++)); do
      found=$i
      for ((j = 0; j < ${#left[@]}; j++)); do
        [[ ${under[${left[j]}]} != *" ${left[i]} "* ]] || found=
      done
      [[ -z $found ]] || break
    done
    if [[ -z $found ]]; then
      problem "${ALL_TARGETS[${named[${left[0]}]%% *}]} and others stand on each other"
      return
    fi
    ordered+=("${left[found]}")
    unset "left[found]"
    left=("${left[@]+"${left[@]}"}")
  done
  PLAN_DEVICES=("${ordered[@]+"${ordered[@]}"}")
}
