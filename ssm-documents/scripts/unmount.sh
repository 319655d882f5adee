#!/bin/bash
readonly DOCUMENT=unmount
readonly EXECUTION_ID='{{ executionId }}'
readonly COMMAND='{{ command }}'
readonly MOUNT_POINTS='{{ mountPoints }}'
readonly UNITS='{{ units }}'
readonly AUTO_THAW_SECONDS='{{ autoMountSeconds }}'
readonly FSCK='{{ fsck }}'
# include lib/bash.sh
# include lib/stamps.sh
# include lib/checks.sh
# include lib/state.sh
# include lib/mounts.sh
# include lib/units.sh
# include lib/unmount.sh
# include lib/timer.sh
# include lib/steps.sh

readonly FILE=/etc/freezeframe/unmount.conf
[[ $FSCK$COMMAND != truepost-script ]] || PATIENCE=60000

check_ready() {
  need_tools mount umount unshare blkid find grep sed readlink
  [[ $FSCK == false ]] || need_tools e2fsck xfs_repair
  WANTED=$UNITS MOUNTS=$MOUNT_POINTS
  [[ $UNITS$MOUNT_POINTS != *guest* ]] || read_file
  [[ $MOUNTS != guest ]] || MOUNTS=none
  [[ $WANTED != guest ]] || WANTED=none
  [[ $WANTED == none ]] || need_tools systemctl
  # The guest cannot do without these.
  SWAPS+=(/boot /boot/efi /efi /usr /etc /proc /sys)
}

# What the guest itself says: root's word alone is taken.
read_file() {
  local file line owner mode
  if ! { exec {file}<"$FILE"; } 2>/dev/null; then
    problem "mountPoints or units is guest, and $FILE cannot be read"
    return
  fi
  read -r owner mode < <(stat -L -c '%u %a' "/proc/self/fd/$file")
  if [[ ! -f /proc/self/fd/$file || $owner != 0 ]] || ((8#$mode & 8#22)); then
    problem "$FILE is not root's alone to write (owner $owner, mode $mode)"
    return
  fi
  while IFS= read -r line; do
    case $line in
      mountPoints=/*) [[ $MOUNT_POINTS != guest ]] || MOUNTS=${line#*=} ;;
      units=[A-Za-z0-9_]*) [[ $UNITS != guest ]] || WANTED=${line#*=} ;;
      '' | '#'*) ;;
      *) problem "$FILE says '$line', expected mountPoints=/data,/logs or units=orders.service" ;;
    esac
  done <&"$file"
  exec {file}<&-
  [[ $MOUNTS != guest ]] || problem "$FILE has no line mountPoints="
}

hold() {
  local i
  # What the later steps only overwrite or rename.
  for ((i = 0; i < ${#PLAN_MOUNTS[@]}; i++)); do
    CAUSE="the state cannot be written under /run"
    { printf '%-60s\n' '' >"$STATE/writes-$i" && : >"$STATE/touched.spare"; } 2>/dev/null || return 1
  done
  stop_units || return 1
  for ((i = 0; i < ${#PLAN_MOUNTS[@]}; i++)); do
    read_how "$i"
    stamp unmounting mount "${PLAN_MOUNTS[i]}" source "$SOURCE" options "$OPTIONS"
  done
}

# After everything is mounted: says how, and starts the units.
let_go() {
  local i result
  read_record
  ((FAILED == 0)) || return 0
  CAUSE=
  for ((i = 0; i < ${#PLAN_MOUNTS[@]}; i++)); do
    [[ -n ${PLAN_BEGUN[i]:-} ]] || continue
    result=
    { read -r result <"$STATE/check-$i"; } 2>/dev/null
    if [[ -n $result ]]; then
      stamp checked mount "${PLAN_MOUNTS[i]}" result "$result"
      [[ $result == clean ]] || CAUSE="the check of ${PLAN_MOUNTS[i]} ended with: $result"
    fi
    find_mount "${PLAN_DEVICES[i]}" "${PLAN_MOUNTS[i]}" || continue
    stamp mounted mount "${PLAN_MOUNTS[i]}" source "$SOURCE" options "$OPTIONS"
    ((${#ACTIVE[@]} == 0)) || await_systemd "${PLAN_MOUNTS[i]}"
  done
  start_units
  [[ ! -e $STATE/touched ]] || CAUSE="a file system was mounted, or its device written to, while it was $DONE"
  [[ -z $CAUSE ]]
}

# await_systemd MOUNT: until systemd has seen it: a unit that requires it would mount it once more.
await_systemd() {
  local tries
  [[ -d /run/systemd/system ]] || return 0
  for ((tries = 0; tries < 20; tries++)); do
    show_unit "$1" && [[ ${SHOWN[ActiveState]:-} != active ]] || return 0
    sleep 0.1
  done
}

held() {
  printf 'units %s\n' "${#ACTIVE[@]}"
}

main "$@"
