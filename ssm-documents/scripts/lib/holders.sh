# shellcheck shell=bash
# Who keeps a file system in use: by an open file, a working or root directory, a program, a mapped
# file, a mount namespace of its own, a loop device. The kernel says "busy" and no more.

# find_holders DEVICE MOUNTS: sets HOLDERS, a line for each; without this script and what runs in
# the control groups of the units that stop first. Of the mounts in other namespaces only those
# whose line goes on as that pattern says.
find_holders() {
  local device=$1 major=${1%:*} minor=${1#*:} number path line pid own space what
  local -A spaces=()
  local -a lines=()
  HOLDERS=()
  number=$(((minor & 0xff) | (major & 0xfff) << 8 | (minor & ~0xff) << 12 | (major & ~0xfff) << 32))
  printf -v what '%02x:%02x' "$major" "$minor"
  own=$(readlink /proc/self/ns/mnt)
  # Looked at by processes that may hang, on a file of a server that does not answer, for example.
  mapfile -t lines < <({
    close_plan
    set +f
    timeout -k 1 10 find -L /proc/[0-9]*/fd -mindepth 1 -maxdepth 1 -printf '%D uses %p\n'
    timeout -k 1 10 find -L /proc/[0-9]*/cwd /proc/[0-9]*/root /proc/[0-9]*/exe -maxdepth 0 \
      -printf '%D uses %p\n'
    timeout -k 1 10 grep -lE "^[0-9a-f]+-[0-9a-f]+ [^ ]+ [0-9a-f]+ $what " /proc/[0-9]*/maps | sed "s/^/$number maps /"
    timeout -k 1 10 grep -lE "^[0-9]+ [0-9]+ $device $2" /proc/[0-9]*/mountinfo | sed "s/^/$number mounts /"
  } 2>/dev/null | grep "^$number ")
  for line in "${lines[@]+"${lines[@]}"}"; do
    line=${line#* } what=${line%% *} path=${line#* }
    pid=${path#/proc/} pid=${pid%%/*}
    [[ $pid != "$$" ]] || continue
    ! of_units "$pid" || continue
    if [[ $what == mounts ]]; then
      space=$(readlink "/proc/$pid/ns/mnt")
      [[ -n $space && $space != "$own" && -z ${spaces[$space]:-} ]] || continue
      spaces[$space]=yes
      name_holder "has it in a mount namespace of its own"
    else
      [[ $what == maps ]] || what="$what $(readlink "$path")"
      name_holder "${what/maps/has mapped a file}"
    fi
  done
  read_loops
  for path in "${!LOOPS[@]}"; do
    [[ ${LOOPS[$path]} != "$device" ]] || ! read_name "$path" || HOLDERS+=("the disk of /dev/$NAME is a file of it")
  done
}

# name_holder WHAT: adds process $pid, once.
name_holder() {
  local name=
  { IFS= read -r name <"/proc/$pid/comm"; } 2>/dev/null || return 0 # it has ended meanwhile
  name="process $pid ($name) $1"
  [[ " ${HOLDERS[*]-}" == *" process $pid "* ]] || HOLDERS+=("${name//[[:cntrl:]]/?}")
}

# Sets BUSY to what HOLDERS says, the first three by name.
tell_holders() {
  local i
  BUSY=
  for ((i = 0; i < ${#HOLDERS[@]} && i < 3; i++)); do
    BUSY+=${BUSY:+, }${HOLDERS[i]}
  done
  ((${#HOLDERS[@]} <= 3)) || BUSY+=" and $((${#HOLDERS[@]} - 3)) more"
  [[ -n $BUSY ]] ||
    BUSY="by no process that can be seen: an NFS export, a lazy unmount?"
}
