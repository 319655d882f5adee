# shellcheck shell=bash
# The restored members: which disks they are, and what is on them. Looking changes nothing.
MEMBER_IDS=() MEMBER_NAMES=() MEMBER_DEVICES=()
declare -A KINDS=() UUIDS=() LOOKED_AT=([filesystems]=0 [carriers]=0 [unknown]=0 [kinds]='')

read_members() {
  local rest=$MEMBERS whole id name
  while [[ $rest =~ ^(vol-[0-9a-f]{17}):(/dev/[a-z0-9]{2,8})(,|$) ]]; do
    whole=${BASH_REMATCH[0]} id=${BASH_REMATCH[1]} name=${BASH_REMATCH[2]}
    [[ " ${MEMBER_IDS[*]-} ${MEMBER_NAMES[*]-} " != *" $id "* &&
      " ${MEMBER_NAMES[*]-} " != *" $name "* ]] || problem "members has the volume or the device of $id:$name twice"
    MEMBER_IDS+=("$id") MEMBER_NAMES+=("$name")
    rest=${rest#"$whole"}
  done
  [[ -z $rest && ${#MEMBER_IDS[@]} -gt 0 ]] ||
    problem "members goes on with '$rest', expected vol-0123456789abcdef0:/dev/sdf and a comma between two"
}

# find_members SECONDS: sets MEMBER_DEVICES (major:minor), as soon as all are there; 1 with CAUSE.
find_members() {
  local i limit missing
  local -A volumes
  uptime_now
  limit=$((UPTIME + $1 * 100))
  while :; do
    volumes=() missing=
    name_volumes
    for ((i = 0; i < ${#MEMBER_IDS[@]}; i++)); do
      find_member "$i" || missing+=${missing:+, }"${MEMBER_IDS[i]} (${MEMBER_NAMES[i]})"
    done
    [[ -n $missing ]] || return 0
    uptime_now
    ((UPTIME < limit)) || break
    sleep 0.5
  done
  CAUSE="not attached within $1 s: $missing"
  return 1
}

# find_member PLACE: by the serial number of its disk. Where no disk says one, there is no NVMe, and
# the name counts: as it was given, or as Xen's driver has it.
find_member() {
  local device path
  for device in "${!volumes[@]}"; do
    [[ ${volumes[$device]} != "${MEMBER_IDS[$1]}" ]] || { MEMBER_DEVICES[$1]=$device && return 0; }
  done
  ((${#volumes[@]} == 0)) || return 1
  path=${MEMBER_NAMES[$1]}
  for path in "$path" "${path/#\/dev\/sd/\/dev\/xvd}"; do
    [[ ! -b $path ]] || ! device_at "$path" || { MEMBER_DEVICES[$1]=$DEVICE && return 0; }
  done
  return 1
}

# stands_on DEVICE: sets ON to the members that it is or stands on; 1: on none.
stands_on() {
  local i device
  ON=
  carriers_of "$1" || true
  for device in "$1" $CARRIERS; do
    for ((i = 0; i < ${#MEMBER_DEVICES[@]}; i++)); do
      [[ ${MEMBER_DEVICES[i]} != "$device" || ,$ON, == *",${MEMBER_IDS[i]},"* ]] || ON+=${ON:+,}${MEMBER_IDS[i]}
    done
  done
  [[ -n $ON ]]
}

# check_unused: that neither / nor any other mount, nor swap, is on a member: this may have booted
# from what it was to check. 1 with CAUSE.
check_unused() {
  local i path device
  read_mounts
  read_loops
  read_swaps
  for ((i = 0; i < ${#ALL_DEVICES[@]}; i++)); do
    [[ ${ALL_DEVICES[i]} != 0:* ]] || continue
    ! stands_on "${ALL_DEVICES[i]}" || { CAUSE="${ALL_TARGETS[i]} is on the member $ON" && return 1; }
  done
  for path in "${SWAPS[@]:1}"; do
    [[ -b $path ]] && device_at "$path" && stands_on "$DEVICE" && CAUSE="swap is on the member $ON" && return 1
  done
  set +f
  for path in /sys/fs/btrfs/*/devices/*/dev; do
    { read -r device <"$path"; } 2>/dev/null && stands_on "$device" &&
      CAUSE="btrfs is in use on the member $ON" && return 1
  done
  set -f
}

# leaves_of DEVICE: sets LEAVES to its partitions, or to itself.
leaves_of() {
  local path device
  LEAVES=()
  set +f
  for path in "/sys/dev/block/$1"/*/partition; do
    { read -r device <"${path%/*}/dev"; } 2>/dev/null && LEAVES+=("$device")
  done
  set -f
  ((${#LEAVES[@]} > 0)) || LEAVES=("$1")
}

# look_at DEVICE: sets KINDS and UUIDS of it. A device on which nothing is recognised is `empty` only
# where it begins with zeros, and else `unknown`: what was there may be destroyed.
look_at() {
  local key value kind='' table=''
  read_name "$1" || return 1
  UUIDS[$1]=
  while IFS='=' read -r key value; do
    case $key in
      TYPE) kind=${value//[!A-Za-z0-9_-]/} ;;
      UUID) UUIDS[$1]=${value//[!A-Za-z0-9-]/} ;;
      PTTYPE) table=${value//[!A-Za-z0-9_-]/} ;;
    esac
  done < <(blkid -p -o export -- "/dev/$NAME" 2>/dev/null)
  [[ -z $table || -n $kind ]] || kind=partitions-$table
  if [[ -z $kind ]]; then
    kind=unknown
    (($(head -c 8388608 "/dev/$NAME" 2>/dev/null | tr -d '\0' | head -c 1 | wc -c) > 0)) || kind=empty
  fi
  KINDS[$1]=$kind
}

# Fills LOOKED_AT: how many of what there is on the members themselves.
look_at_members() {
  local member device key
  LOOKED_AT=([filesystems]=0 [carriers]=0 [unknown]=0 [kinds]='')
  for member in "${MEMBER_DEVICES[@]}"; do
    leaves_of "$member"
    for device in "${LEAVES[@]}"; do
      look_at "$device" || continue
      key=kinds
      case ${KINDS[$device]} in
        ext[234] | xfs) key=filesystems ;;
        linux_raid_member | LVM2_member) key=carriers ;;
        unknown) key=unknown ;;
      esac
      [[ $key == kinds ]] || LOOKED_AT[$key]=$((LOOKED_AT[$key] + 1))
      LOOKED_AT[kinds]+=${LOOKED_AT[kinds]:+ }${KINDS[$device]}
    done
  done
}

check_tools_of_kinds() {
  local kind
  for kind in ${LOOKED_AT[kinds]}; do
    case $kind in
      ext[234]) need_tools e2fsck dumpe2fs ;;
      xfs) need_tools xfs_repair xfs_logprint ;;
      linux_raid_member) need_tools mdadm ;;
      LVM2_member) need_tools dmsetup vgs lvs vgchange lvmdevices ;;
    esac
  done
}
