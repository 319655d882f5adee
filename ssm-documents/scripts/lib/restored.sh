# shellcheck shell=bash
# Assembles what is on the members, mounts it, and checks it.
FILE_SYSTEMS=() MOUNTED_AT=() WRITTEN=() ARRAYS=0 GROUPS_ACTIVE=0 REPLAYED=0 FIRST_CODE=0 FIRST_CAUSE=
readonly DEVICES_FILE=freezeframe-drill

# assemble: fills FILE_SYSTEMS, in the order of the members; 1 with CAUSE.
assemble() {
  local member device
  local -a raids=() groups=() queue=()
  for member in "${MEMBER_DEVICES[@]}"; do
    leaves_of "$member"
    queue+=("${LEAVES[@]}")
  done
  sort_out "${queue[@]}"
  ((${#raids[@]} == 0)) || assemble_raids || return 1
  ((${#groups[@]} == 0)) || activate_groups || return 1
  for device in "${FILE_SYSTEMS[@]+"${FILE_SYSTEMS[@]}"}"; do
    [[ ${KINDS[$device]} == ext[234] || ${KINDS[$device]} == xfs ]] || continue
    stamp assembled members "${#MEMBER_IDS[@]}" raids "$ARRAYS" groups "$GROUPS_ACTIVE"
    return 0
  done
  ((FIRST_CODE == 0)) || failed "$FIRST_CODE" "$FIRST_CAUSE"
  failed "$NOTHING" "no member has a file system that can be checked"
}

# sort_out DEVICE...: adds each to raids, groups (the physical volumes of LVM), FILE_SYSTEMS, or tells that it is not checked.
sort_out() {
  local device name
  for device; do
    look_at "$device" || continue
    name=$NAME
    stands_on "$device"
    case ${KINDS[$device]} in
      linux_raid_member) raids+=("$device") ;;
      LVM2_member) groups+=("$device") ;;
      ext[234] | xfs) FILE_SYSTEMS+=("$device") ;;
      unknown) found_bad "$NOT_MOUNTED" "nothing is recognised on $name of $ON, and it is not empty: a superblock may be destroyed" ;;
      *) tell skipped device "$name" volume "$ON" kind "${KINDS[$device]}" ;;
    esac
  done
}

# found_bad CODE CAUSE: the others are looked at all the same; the first one gives the code, but that
# nothing could be told of one stands behind what is bad.
found_bad() {
  clean "$2"
  problem "$CLEAN"
  ((FIRST_CODE > 0 && (FIRST_CODE != GAVE_UP || $1 == GAVE_UP))) || FIRST_CODE=$1 FIRST_CAUSE=$2
}

# assemble_raids: by the UUID of each array, of all of its disks and of one time. An array that
# starts without one of them would show what RAID can do, not what was restored.
assemble_raids() {
  local device key value uuid count events error first last i=0
  local -A disks=() parts=() wanted=() least=() most=()
  for device in "${raids[@]}"; do
    read_name "$device"
    uuid='' count=0 events=0
    while IFS='=' read -r key value; do
      case $key in
        MD_UUID) uuid=${value//[!0-9a-f:]/} ;;
        MD_DEVICES) count=$((10#0${value//[!0-9]/})) ;;
        MD_EVENTS) events=$((10#0${value//[!0-9]/})) ;;
      esac
    done < <(mdadm --examine --export -- "/dev/$NAME" 2>/dev/null)
    [[ -n $uuid ]] || { CAUSE="mdadm does not know the array of $NAME" && return 1; }
    disks[$uuid]+="/dev/$NAME " wanted[$uuid]=$count parts[$uuid]+=.
    first=${least[$uuid]:-$events} last=${most[$uuid]:-$events}
    least[$uuid]=$((events < first ? events : first)) most[$uuid]=$((events > last ? events : last))
  done
  for uuid in "${!disks[@]}"; do
    count=${parts[$uuid]} count=${#count} first=${least[$uuid]} last=${most[$uuid]}
    if ((count < ${wanted[$uuid]})); then
      CAUSE="the array $uuid has ${wanted[$uuid]} disks, of which $count are members"
      return 1
    fi
    # The kernel writes the count of events to one disk after the other.
    if ((last - first > 1)); then
      CAUSE="the disks of the array $uuid are of different times: their event counts are $first to $last"
      return 1
    fi
    # shellcheck disable=SC2086 # split on purpose
    if ! error=$(mdadm --assemble "/dev/md/freezeframe-$i" --config=none --homehost=any --run \
      --uuid="$uuid" ${disks[$uuid]} 2>&1) || ! device_at "/dev/md/freezeframe-$i"; then
      CAUSE="the array $uuid cannot be assembled: ${error##*$'\n'}"
      return 1
    fi
    i=$((i + 1)) ARRAYS=$((ARRAYS + 1))
    leaves_of "$DEVICE"
    sort_out "${LEAVES[@]}"
  done
  return 0
}

# activate_groups: of LVM, which sees the members alone, by a devices file of its own that is gone
# with this namespace. The system's file knows restored volumes not at all.
activate_groups() {
  local device error attributes path group missing
  local -a found=()
  mkdir -p /etc/lvm/devices
  mount -t tmpfs -o mode=700 tmpfs /etc/lvm/devices || { CAUSE="LVM has no room for a devices file" && return 1; }
  for device in "${groups[@]}"; do
    read_name "$device"
    if ! error=$(lvmdevices --yes --devicesfile "$DEVICES_FILE" --adddev "/dev/$NAME" 2>&1 9<&- 5<&-); then
      CAUSE="LVM does not take $NAME: ${error##*$'\n'}"
      return 1
    fi
  done
  while read -r group missing; do
    [[ -n $group ]] || continue
    if [[ $missing != 0 ]]; then
      CAUSE="the volume group $group lacks $missing of its volumes among the members"
      return 1
    fi
    found+=("$group")
  done < <(vgs --devicesfile "$DEVICES_FILE" --noheadings --options vg_name,vg_missing_pv_count 2>/dev/null 9<&-)
  ((${#found[@]} > 0)) || { CAUSE="LVM finds no volume group on the members" && return 1; }
  for group in "${found[@]}"; do
    if ! error=$(vgchange --devicesfile "$DEVICES_FILE" --activate y --monitor n -- "$group" 2>&1 9<&-); then
      CAUSE="the volume group $group cannot be activated: ${error##*$'\n'}"
      return 1
    fi
    GROUPS_ACTIVE=$((GROUPS_ACTIVE + 1))
  done
  while read -r attributes path; do
    # A pool of thin volumes is no volume itself.
    [[ $attributes != t* && -b $path ]] || continue
    ! device_at "$path" || sort_out "$DEVICE"
  done < <(lvs --devicesfile "$DEVICES_FILE" --noheadings --options lv_attr,lv_dm_path 2>/dev/null 9<&-)
  return 0
}

# disassemble: takes apart what LVM and RAID have made of the members, from the top; udev may have made it.
disassemble() {
  local path device standing='' tries
  for ((tries = 0; tries < 25; tries++)); do
    standing=
    set +f
    for path in /sys/block/dm-* /sys/block/md*; do
      { read -r device <"$path/dev"; } 2>/dev/null || continue
      stands_on "$device" || continue
      standing=${path##*/}
      [[ -z $(find "$path/holders" -mindepth 1 2>/dev/null) ]] || continue
      case $standing in
        dm-*) dmsetup remove --retry -j "${device%:*}" -m "${device#*:}" >/dev/null 2>&1 9<&- ;;
        *) mdadm --stop "/dev/$standing" >/dev/null 2>&1 9<&- ;;
      esac
    done
    set -f
    [[ -n $standing ]] || return 0
    sleep 0.2
  done
  CAUSE="$standing, which stands on members, cannot be taken apart"
  return 1
}

# check_file_systems: each is mounted, which replays its journal, checked when it is unmounted again
# (a check before the replay finds errors that are none), and mounted once more.
check_file_systems() {
  local i
  for ((i = 0; i < ${#FILE_SYSTEMS[@]}; i++)); do
    check_file_system "$i" || true
  done
  compare_times
  ((FIRST_CODE == 0)) || failed "$FIRST_CODE" "$FIRST_CAUSE"
}

check_file_system() {
  local device=${FILE_SYSTEMS[$1]} type name uuid on dirty error target
  type=${KINDS[$device]} uuid=${UUIDS[$device]} WRITTEN[$1]=
  stands_on "$device"
  on=$ON
  read_name "$device"
  name=$NAME
  printf -v target '%s/%02d' "$BASE" "$1"
  mkdir "$target"
  read_journal "$1"
  if ! mount_it; then
    found_bad "$NOT_MOUNTED" "the $type of $name ($on) cannot be mounted: ${error%%$'\n'*}"
    return
  fi
  [[ $dirty != yes ]] || REPLAYED=$((REPLAYED + 1))
  [[ $dirty != yes ]] || tell replayed file-system "$uuid"
  take_times "$1"
  tell mounted file-system "$uuid" type "$type" volume "$on" ${TIME:+written "$TIME"}
  if ! error=$(umount -- "$target" 2>&1); then
    MOUNTED_AT[$1]=$target
    found_bad "$NOT_MOUNTED" "the $type of $name ($on) cannot be unmounted: ${error##*$'\n'}"
    return
  fi
  check_it
  case $? in
    0) ;;
    1)
      tell checked file-system "$uuid" result damaged
      found_bad "$DAMAGED" "the check of the $type of $name ($on) found damage: ${error##*$'\n'}"
      return
      ;;
    *)
      tell checked file-system "$uuid" result unknown
      found_bad "$GAVE_UP" "the $type of $name ($on) cannot be checked here: ${error##*$'\n'}"
      return
      ;;
  esac
  tell checked file-system "$uuid" result clean
  if ! mount_it; then
    found_bad "$NOT_MOUNTED" "the $type of $name ($on) cannot be mounted again: ${error%%$'\n'*}"
    return
  fi
  MOUNTED_AT[$1]=$target
  take_fingerprint
}

mount_it() {
  local how=rw,nosuid,nodev,noexec
  [[ $type != xfs ]] || how+=,nouuid # its original may be mounted on the same machine
  error=$(mount --rw -t "$type" -o "$how" -- "/dev/$name" "$target" 2>&1) || return 1
  # One that finds itself in error is mounted read-only, without a word.
  if [[ $(findmnt_options) =~ (^|,)(ro|emergency_ro|shutdown)(,|$) ]]; then
    error="the kernel takes it read-only"
    umount -- "$target" 2>/dev/null
    return 1
  fi
}

findmnt_options() {
  local i
  read_mounts >/dev/null
  for ((i = ${#ALL_TARGETS[@]} - 1; i >= 0; i--)); do
    [[ ${ALL_TARGETS[i]} != "$target" ]] || { printf '%s\n' "${ALL_OPTIONS[i]}${ALL_SUPER[i]}" && return; }
  done
}

# check_it: 0 clean, 1 damage, 2 neither is known. A program that was killed, or that is older than the
# file system, has found nothing: e2fsck(8) has 4 for errors and 8 for its own; xfs_repair has 1 for both.
check_it() {
  local code
  if [[ $type == xfs ]]; then
    error=$(xfs_repair -n "/dev/$name" 2>&1 9<&-)
    code=$?
    case $error in
      *'unsupported filesystem features'* | *'more recent xfs_repair'*) return 2 ;;
    esac
    ((code <= 1)) && return "$code"
  else
    error=$(e2fsck -f -n "/dev/$name" 2>&1 9<&-)
    code=$?
    ((code == 0)) && return 0
    ((code < 128 && code & 4 && !(code & 8))) && return 1
  fi
  error+=" (it ended with $code)"
  return 2
}

# read_journal: sets dirty, and WRITTEN where the superblock says when it was written last. Both
# before the mount, which writes it.
read_journal() {
  local line features='' at=''
  dirty=
  if [[ $type == xfs ]]; then
    [[ $(timeout 120 xfs_logprint -t "/dev/$name" 2>/dev/null 9<&- | head -c 4096) != *'<DIRTY>'* ]] || dirty=yes
    return
  fi
  # The last of each: names that others have chosen stand before them.
  while IFS= read -r line; do
    case $line in
      'Filesystem features:'*) features=$line ;;
      'Last write time:'*) at=${line#*:} ;;
    esac
  done < <(dumpe2fs -h "/dev/$name" 2>/dev/null 9<&- | tr -d '\0')
  [[ $features != *needs_recovery* ]] || dirty=yes
  at=$(date -d "$at" +%s 2>/dev/null) && [[ $at =~ ^[0-9]{1,10}$ ]] && WRITTEN[$1]=$at
}

# take_times PLACE: sets TIME to when the file system was written last, as far as that is known: XFS
# keeps no such time, so it is that of its newest inode.
take_times() {
  local newest=
  TIME=
  if [[ $DOCUMENT == drill-filesystem || ($type == xfs && $SPREAD_SECONDS != 0) ]]; then
    # When an inode changed nobody can set, but by setting the clock.
    newest=$(find "$target" -xdev -printf '%C@\n' 2>/dev/null | awk '$1 > n { n = $1 } END { printf "%d", n }')
    [[ $newest =~ ^[0-9]{1,10}$ ]] || newest=
    [[ $type != xfs ]] || WRITTEN[$1]=$newest
    [[ -z $newest ]] || ((newest <= ${NEWEST:-0})) || NEWEST=$newest
  fi
  [[ -z ${WRITTEN[$1]} ]] || printf -v TIME '%(%Y-%m-%dT%H:%M:%SZ)T' "${WRITTEN[$1]}"
}

take_fingerprint() {
  local inodes free blocks empty size
  read -r inodes free blocks empty size < <(stat -f -c '%c %d %b %f %S' -- "$target")
  tell fingerprint file-system "$uuid" files "$((inodes - free))" bytes "$(((blocks - empty) * size))"
}

# compare_times: members that were held at one instant were written last within seconds.
compare_times() {
  local i first='' last=''
  [[ $SPREAD_SECONDS != 0 ]] || return 0
  for ((i = 0; i < ${#FILE_SYSTEMS[@]}; i++)); do
    [[ -n ${WRITTEN[i]:-} ]] || continue
    [[ -n $first ]] && ((WRITTEN[first] <= WRITTEN[i])) || first=$i
    [[ -n $last ]] && ((WRITTEN[last] >= WRITTEN[i])) || last=$i
  done
  [[ -n $first ]] && ((WRITTEN[last] - WRITTEN[first] > SPREAD_SECONDS)) || return 0
  stands_on "${FILE_SYSTEMS[first]}"
  found_bad "$DAMAGED" "$ON was last written $((WRITTEN[last] - WRITTEN[first])) s before the newest member, expected $SPREAD_SECONDS s at most: it is of another time"
}

unmount_all() {
  local i error
  for ((i = ${#FILE_SYSTEMS[@]} - 1; i >= 0; i--)); do
    [[ -n ${MOUNTED_AT[i]:-} ]] || continue
    error=$(umount -- "${MOUNTED_AT[i]}" 2>&1) || problem "${MOUNTED_AT[i]} cannot be unmounted: ${error##*$'\n'}"
    MOUNTED_AT[i]=
  done
}
