# shellcheck shell=bash
# Which file systems hold the paths that an application names.

# mounts_of_paths PATH...: sets MOUNTS to the mount points of the file systems that hold them; some
# may be given as major:minor.
mounts_of_paths() {
  local path i mount device
  local -A found=()
  read_mounts
  MOUNTS=
  for path; do
    if [[ $path != /* ]]; then
      DEVICE=$path
    elif ! device_of "$path"; then
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
