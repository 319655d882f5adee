# shellcheck shell=bash
# Unmounting the file systems of the plan, and mounting them as they were. While one is not mounted
# no descriptor names it: what names it then is its device, with the UUID of what is on it, and the
# directory that it was mounted on, by its number.
# include hold.sh
# include holders.sh
readonly DONE=unmounted UNDONE='mounted again'
readonly FIELDS=7
PATIENCE=1000
RECORD=()

# check_plan: what else forbids to unmount the plan; sets RECORD, for each file system source, type,
# options, propagation, directory, UUID and automount unit, and then the units that ran.
check_plan() {
  local i j device mount all autofs
  # What is mounted below another, and so has a longer name, goes first.
  for ((i = 0; i < ${#PLAN_MOUNTS[@]}; i++)); do
    for ((j = i + 1; j < ${#PLAN_MOUNTS[@]}; j++)); do
      ((${#PLAN_MOUNTS[i]} < ${#PLAN_MOUNTS[j]})) || continue
      device=${PLAN_DEVICES[i]} mount=${PLAN_MOUNTS[i]}
      PLAN_DEVICES[i]=${PLAN_DEVICES[j]} PLAN_MOUNTS[i]=${PLAN_MOUNTS[j]}
      PLAN_DEVICES[j]=$device PLAN_MOUNTS[j]=$mount
    done
  done
  printf -v all '%s\n' "${PLAN_MOUNTS[@]}"
  if [[ -d /run/systemd/system && $(readlink /proc/1/ns/mnt) != "$(readlink /proc/self/ns/mnt)" ]]; then
    problem "the script has a mount namespace of its own, which systemd does not see"
  fi
  check_units "$WANTED"
  RECORD=()
  for ((i = 0; i < ${#PLAN_MOUNTS[@]}; i++)); do
    autofs=
    check_others_of "$i"
    record_mount "$i"
  done
  RECORD+=("${ACTIVE[@]+"${ACTIVE[@]}"}")
  refuse_on_problems
  check_holders
}

# check_others_of PLACE: names the mounts that keep that file system, or would bring it back.
check_others_of() {
  local i device=${PLAN_DEVICES[$1]} mount=${PLAN_MOUNTS[$1]} target seen=''
  ! in_places "$mount" || problem "$mount is named in units too"
  for ((i = 0; i < ${#ALL_TARGETS[@]}; i++)); do
    target=${ALL_TARGETS[i]}
    if [[ ${ALL_TYPES[i]} == autofs && $mount/ == "$target"/* ]]; then
      autofs=$target
    elif [[ ${ALL_DEVICES[i]} == "$device" && $target == "$mount" && -z $seen ]]; then
      seen=yes
    elif in_places "$target"; then
      : # it goes with a mount unit that stops first
    elif [[ ${ALL_DEVICES[i]} == "$device" ]]; then
      problem "$mount is mounted at $target too: unmount that, or name its mount unit in units"
    elif [[ $target == "$mount" ]]; then
      problem "$mount hides another mount"
    elif [[ $target == "$mount"/* && $'\n'$all != *$'\n'$target$'\n'* ]]; then
      problem "$target is mounted below $mount: name it too, or unmount it"
    fi
  done
}

in_places() {
  local place
  for place in "${PLACES[@]+"${PLACES[@]}"}"; do
    [[ $place == / || $1/ != "$place"/* ]] || return 0
  done
  return 1
}

# record_mount PLACE: adds to RECORD how it is mounted, and names what could not be mounted so again.
record_mount() {
  local device=${PLAN_DEVICES[$1]} mount=${PLAN_MOUNTS[$1]} answer automount=- cleared
  local source type options sharing triggers
  if ! find_mount "$device" "$mount"; then
    problem "$mount was unmounted just now"
    return
  fi
  [[ $ROOT == / ]] || problem "$mount shows a part of its file system, $ROOT"
  [[ $SHARING != slave ]] || problem "$mount receives its mounts from another mount namespace"
  source=$SOURCE type=$TYPE options=$OPTIONS sharing=$SHARING
  if ! device_at "$source" || [[ $DEVICE != "$device" ]]; then
    read_name "$device"
    source=/dev/$NAME
  fi
  in_use_at_all "$device" "$type" ||
    problem "the kernel does not show whether $mount is in use"
  { read -r cleared <"/sys/dev/block/$device/loop/autoclear"; } 2>/dev/null
  [[ ${cleared:-0} == 0 ]] || problem "$mount is on a loop device that would go with the mount"
  if [[ -d /run/systemd/system ]] && show_unit "$mount"; then
    triggers=${SHOWN[TriggeredBy]:-}
    unnamed "would stop with the mount of $mount" "${SHOWN[BoundBy]:-}"
    for answer in $triggers; do
      [[ $answer != *.automount ]] || ! runs "$answer" || automount=$answer
    done
  fi
  [[ -z $autofs || ($autofs == "$mount" && $automount != -) ]] ||
    problem "$mount is the automounter's ($autofs), which would mount it again"
  # In a namespace that ends at once: the directory below the mount, and whether mount takes what
  # the kernel says of the options.
  # shellcheck disable=SC2016 # that shell's parameters, not ours
  answer=$(exec unshare --mount --propagation private sh -c '
    mount -n --bind "$1" /run && stat -c %d:%i -- "/run/$2" && umount -n /run &&
      mount -n -i -c -t "$3" -o "$4" "$5" /run && echo yes' \
    sh "$mount/.." "${mount##*/}" "$type" "$options" "$source" 2>&1 </dev/null 8<&- 9<&-)
  [[ $answer == *:*$'\n'yes ]] ||
    problem "$mount could not be mounted again with $options: ${answer##*$'\n'}"
  RECORD+=("$source" "$type" "$options" "$sharing" "${answer%%$'\n'*}" "$(uuid_of "$source")" "$automount")
}

# find_mount DEVICE TARGET: sets SOURCE, TYPE, ROOT, OPTIONS and SHARING of that mount.
find_mount() {
  local i line target super
  local -a lines=() fields
  SOURCE=
  mapfile -t lines < <(exec cat /proc/self/mountinfo)
  for line in "${lines[@]+"${lines[@]}"}"; do
    # shellcheck disable=SC2206 # split on purpose
    fields=($line)
    printf -v target '%b' "${fields[4]//\\/\\0}"
    [[ ${fields[2]} == "$1" && $target == "$2" ]] || continue
    printf -v ROOT '%b' "${fields[3]//\\/\\0}"
    OPTIONS=${fields[5]} SHARING=private
    for ((i = 6; i < ${#fields[@]}; i++)); do
      case ${fields[i]} in
        shared:*) SHARING=shared ;;
        master:*) SHARING=slave ;;
        unbindable) SHARING=unbindable ;;
        -) break ;;
      esac
    done
    TYPE=${fields[i + 1]} super=,${fields[i + 3]},
    printf -v SOURCE '%b' "${fields[i + 2]//\\/\\0}"
  done
  [[ -n $SOURCE ]] || return 1
  # The kernel shows one kind of atime by showing none.
  [[ $OPTIONS =~ (^|,)(relatime|noatime)(,|$) ]] || OPTIONS+=,strictatime
  # What the kernel shows and mount does not take.
  super=${super//,rw,/,} super=${super//,seclabel,/,}
  OPTIONS+=${super%,}
}

# in_use_at_all DEVICE TYPE: whether the kernel has that file system in use, in any mount namespace
# or without a mount.
in_use_at_all() {
  read_name "$1" || return 1
  [[ -d /sys/fs/${2/ext3/ext4}/${NAME//\//!} ]]
}

uuid_of() {
  timeout -k 1 10 blkid -p -s UUID -o value -- "$1" 2>/dev/null </dev/null
}

# check_holders: names every process that would keep the plan busy; waits for one that passes by.
check_holders() {
  local i tries who
  for ((i = 0; i < ${#PLAN_MOUNTS[@]}; i++)); do
    for ((tries = 0; tries < 3; tries++)); do
      # What systemd gives its services goes along: those mounts are somebody's slaves.
      find_holders "${PLAN_DEVICES[i]}" '([^ ]+ ){3}- '
      ((${#HOLDERS[@]} > 0)) || continue 2
      sleep 0.5
    done
    for who in "${HOLDERS[@]}"; do
      problem "${PLAN_MOUNTS[i]} is in use: $who"
    done
  done
  refuse_on_problems
}

# read_record: from the state, or what this process remembers of it.
read_record() {
  local -a lines=()
  { mapfile -t lines <"$STATE/record"; } 2>/dev/null
  ((${#lines[@]} == 0)) || RECORD=("${lines[@]}")
  ACTIVE=("${RECORD[@]:${#PLAN_DEVICES[@]}*FIELDS}")
}

# read_how PLACE: sets SOURCE, TYPE, OPTIONS, SHARING, DIRECTORY, UUID and AUTOMOUNT.
read_how() {
  local -a how=("${RECORD[@]:$1*FIELDS:FIELDS}")
  SOURCE=${how[0]} TYPE=${how[1]} OPTIONS=${how[2]} SHARING=${how[3]} DIRECTORY=${how[4]}
  UUID=${how[5]} AUTOMOUNT=${how[6]}
}

# read_writes DEVICE: sets WRITES to what the kernel counts of its writes, so that nobody's passes
# unseen.
read_writes() {
  local -a counts=()
  WRITES=unknown
  { read -r -a counts <"/sys/dev/block/$1/stat"; } 2>/dev/null || return 0
  WRITES="${counts[4]} ${counts[6]} ${counts[11]:-0}"
}

# freeze_one PLACE: unmounts it, from a directory that cannot be exchanged for another: nobody renames
# a mount point. Never lazily: it waits for who holds it, and names them.
freeze_one() {
  local device=${PLAN_DEVICES[$1]} mount=${PLAN_MOUNTS[$1]} error limit
  read_how "$1"
  DEVICE=
  cd -P -- "$mount/.." && device_of "./${mount##*/}"
  if [[ $DEVICE != "$device" ]]; then
    echo "its mount point shows another file system"
    return
  fi
  sync -f -- "./${mount##*/}"
  time_left || return # nobody waits any more
  limit=$((UPTIME + 500))
  until error=$(umount -n -i -- "/proc/self/cwd/${mount##*/}" 2>&1); do
    uptime_now
    if [[ $error != *busy* || $UPTIME -ge $limit ]]; then
      find_holders "$device" ''
      tell_holders
      [[ $error == *busy* ]] && echo "it is busy, $BUSY" || printf '%s\n' "${error##*: }"
      return
    fi
    sleep 0.1
  done
  # From here on the next access would have systemd mount it again.
  if [[ $AUTOMOUNT != - ]]; then
    timeout -k 1 10 systemctl stop -- "$AUTOMOUNT" </dev/null >/dev/null 2>&1 9<&-
    ! runs "$AUTOMOUNT" || { echo "$AUTOMOUNT does not stop" && return; }
  fi
  uptime_now
  limit=$((UPTIME + 200))
  while in_use_at_all "$device" "$TYPE"; do
    uptime_now
    if ((UPTIME >= limit)); then
      find_holders "$device" ''
      tell_holders
      echo "it is still in use, $BUSY"
      return
    fi
    sleep 0.1
  done
  read_writes "$device"
  printf '%-60s\n' "$WRITES" 1<>"$STATE/writes-$1"
  echo unmounted
}

# thaw_one PLACE: mounts it again, on the directory it was mounted on, with the same options.
thaw_one() {
  local device=${PLAN_DEVICES[$1]} mount=${PLAN_MOUNTS[$1]} limit error before=''
  read_record
  read_how "$1"
  if mounted_as_before; then
    echo idle
    return
  fi
  if ! device_at "$SOURCE" || [[ $DEVICE != "$device" || $(uuid_of "$SOURCE") != "$UUID" ]]; then
    echo "$SOURCE is not there any more, or has another file system on it"
    return
  fi
  { read -r before <"$STATE/writes-$1"; } 2>/dev/null
  read_writes "$device"
  if [[ -n $before && $before != "$WRITES" ]] || in_use_at_all "$device" "$TYPE"; then
    mv -T "$STATE/touched.spare" "$STATE/touched"
  fi
  check_now "$1"
  uptime_now
  limit=$((UPTIME + PATIENCE / 2))
  # Below another one of the plan it waits for that.
  until cd -P -- "$mount/." && [[ $(stat -c %d:%i .) == "$DIRECTORY" ]]; do
    uptime_now
    ! mounted_as_before || { echo idle && return; }
    ((UPTIME < limit)) || { echo "its directory is not the one that it was mounted on" && return; }
    cd / && sleep 0.1
  done
  # It refuses to start where something is mounted.
  [[ $AUTOMOUNT == - ]] || timeout -k 1 10 systemctl start -- "$AUTOMOUNT" </dev/null >/dev/null 2>&1
  # Two of us at once: the kernel does not mount it twice at one place.
  if ! error=$(mount -n -i -c -t "$TYPE" -o "$OPTIONS" -- "$SOURCE" . 2>&1) && ! mounted_as_before; then
    printf '%s\n' "${error%%$'\n'*}"
    return
  fi
  error=$SHARING
  find_mount "$device" "$mount"
  if [[ $SHARING != "$error" ]] && cd -P -- "$mount/." && device_of . && [[ $DEVICE == "$device" ]]; then
    mount -n -c "--make-$error" .
  fi
  echo thawed
}

# mounted_as_before: whether $device is mounted at $mount, by whomever.
mounted_as_before() {
  (find_mount "$device" "$mount")
}

# check_now PLACE: has the file system looked at without a change, if that was asked for, by the
# post-script alone and no longer than the timer allows.
check_now() {
  local left result=errors
  local -a check=(e2fsck -f -n)
  [[ $FSCK == true && $COMMAND == post-script ]] || return 0
  [[ $TYPE != xfs ]] || check=(xfs_repair -n)
  read -r left <"$STATE/deadline"
  uptime_now
  left=$(((left - UPTIME) / 100 - 5))
  if ((left < 1)); then
    result=timeout
  else
    timeout -k 1 "$left" "${check[@]}" "$SOURCE" </dev/null >/dev/null 2>&1
    case $? in
      0) result=clean ;;
      124 | 137) result=timeout ;;
    esac
  fi
  echo "$result" >"$STATE/check-$1"
}

take_over() {
  read_record
  [[ -z $1 ]] || return 0
  close_inherited
  exec 17<> <(:) 18<> <(:)
}
