# shellcheck shell=bash
# Which EBS volumes are held whole: everything that writes to them is a file system of the plan.
HELD=''
declare -A UNHELD=()

# find_volumes: sets HELD to the ids, with commas, and UNHELD[id] to why another one is not held.
find_volumes() {
  local path name i device id
  local -A volumes=() used=() mounted=()
  HELD='' UNHELD=()
  name_volumes
  ((${#volumes[@]} > 0)) || return 0
  for device in "${PLAN_DEVICES[@]+"${PLAN_DEVICES[@]}"}"; do
    carriers_of "$device" || continue
    for id in "$device" $CARRIERS; do
      [[ -z ${volumes[$id]:-} ]] || used[${volumes[$id]}]=yes
    done
    mounted[$device]=yes
  done
  for ((i = 0; i < ${#ALL_DEVICES[@]}; i++)); do
    device=${ALL_DEVICES[i]}
    [[ ${ALL_TYPES[i]} != zfs ]] || not_held '' "${ALL_TARGETS[i]} is zfs, which is not frozen"
    [[ -z ${mounted[$device]:-} && ${ALL_SUPER[i]} != *,ro,* ]] || continue
    mounted[$device]=yes
    [[ $device == 0:* ]] || not_held "$device" "${ALL_TARGETS[i]} is not frozen"
  done
  set +f
  for path in /sys/fs/btrfs/*/devices/*/dev; do
    { read -r device <"$path"; } 2>/dev/null && not_held "$device" "btrfs is not frozen"
  done
  # Mounted where this process does not see it, such as in a container, or unmounted and in use.
  for path in /sys/fs/ext4/* /sys/fs/xfs/*; do
    name=${path##*/}
    { read -r device <"/sys/class/block/$name/dev"; } 2>/dev/null || continue
    [[ -n ${mounted[$device]:-} ]] || not_held "$device" "$name is in use where no mount point shows it"
  done
  for path in "${SWAPS[@]}"; do
    [[ ! -b $path ]] || ! device_at "$path" || not_held "$DEVICE" "swap is on it"
  done
  for path in /sys/block/dm-* /sys/block/md*; do
    { read -r device <"$path/dev"; } 2>/dev/null || continue
    [[ -z ${mounted[$device]:-} ]] && in_use "$path" "$device" &&
      not_held "$device" "what uses ${path##*/} is not known"
  done
  set -f
  for id in "${volumes[@]}"; do
    if [[ -n ${UNHELD[$id]:-} ]]; then
      continue
    elif [[ -n ${used[$id]:-} ]]; then
      [[ ,$HELD, == *",$id,"* ]] || HELD+=${HELD:+,}$id
    else
      UNHELD[$id]="nothing on it is frozen"
    fi
  done
}

# Fills volumes[DEVICE]: as the disk itself says, else as udev has linked it.
name_volumes() {
  local path id
  set +f
  for path in /dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol*; do
    [[ $path =~ _vol([0-9a-f]{8,17})(_[0-9]+|-ns-[0-9]+)?$ ]] || continue
    id=vol-${BASH_REMATCH[1]}
    device_at "$path" && volumes[$DEVICE]=$id
  done
  for path in /sys/block/*; do
    { read -r id <"$path/device/serial" && read -r device <"$path/dev"; } 2>/dev/null || continue
    [[ ! $id =~ ^vol-?([0-9a-f]{8,17})$ ]] || volumes[$device]=vol-${BASH_REMATCH[1]}
  done
  set -f
}

# not_held DEVICE CAUSE: of every volume that it stands on; of all when that is not known.
not_held() {
  local id
  if [[ -z $1 ]] || ! carriers_of "$1"; then
    CARRIERS=${!volumes[*]}
  fi
  for id in "$1" $CARRIERS; do
    [[ -n $id && -n ${volumes[$id]:-} ]] || continue
    : "${UNHELD[${volumes[$id]}]:=$2}"
  done
}

# in_use PATH DEVICE: whether something has a mapped or RAID device open that carries no other one;
# those that LVM keeps for itself do not count.
in_use() {
  local path id=''
  for path in "$1"/holders/*; do
    [[ ! -e $path ]] || return 1
  done
  { read -r id <"$1/dm/uuid"; } 2>/dev/null
  [[ ! $id =~ ^LVM-.{64}- ]] || return 1
  [[ -z $id || $(dmsetup info -c --noheadings -o open -j "${2%:*}" -m "${2#*:}" 2>/dev/null) != 0 ]]
}

# What was held: looked for before the freeze, and again if something was mounted since.
stamp_held() {
  local id
  local -a lines=()
  mapfile -t lines < <(exec cat /proc/self/mountinfo)
  if [[ ${lines[*]-} != "$MOUNT_LINES" ]]; then # seldom: writers wait meanwhile
    read_mounts >/dev/null
    find_volumes
  fi
  stamp_at "$NOW" held volumes "$HELD"
  for id in "${!UNHELD[@]}"; do
    stamp_at "$NOW" unheld volumes "$id" cause "${UNHELD[$id]}"
  done
}
