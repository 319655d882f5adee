# shellcheck shell=bash
# What runs of the restored data, or looks at it on somebody's behalf: as a user without rights,
# without a network, and with a /run and /dev/shm of its own, where nothing of the drill instance's
# listens. All that it starts ends with it, and it with the validation.
TOTALS=()

# isolated UID:GID CAPABILITIES COMMAND...: this process becomes the command.
# shellcheck disable=SC2016 # that shell's parameters, not ours
isolated() {
  exec unshare --net --ipc --mount --pid --fork --kill-child=KILL --mount-proc --propagation private -- sh -c '
    for place in /run /dev/shm; do
      mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$place" || exit 126
    done
    owner=$1 capabilities=$2
    shift 2
    exec env -i PATH="$PATH" HOME=/ LANG=C LC_ALL=C TZ=UTC0 FREEZEFRAME_MOUNTS="$FREEZEFRAME_MOUNTS" \
      FREEZEFRAME_SOCKET="$FREEZEFRAME_SOCKET" setpriv --reuid="${owner%:*}" --regid="${owner#*:}" \
      --clear-groups --no-new-privs --bounding-set="$capabilities" --inh-caps="$capabilities" \
      --ambient-caps="$capabilities" -- "$@"' sh "$@"
}

# run_script: the user's own check. It may read everything and write nothing; or, beside a database,
# what the database's user may.
run_script() {
  local code said owner=${SCRIPT_USER:-65534:65534} rights=-all
  [[ $SCRIPT != none ]] || return 0
  [[ -n ${SCRIPT_USER:-} ]] || rights=-all,+dac_read_search
  export FREEZEFRAME_MOUNTS="${MOUNTED_AT[*]}" FREEZEFRAME_SOCKET=${SOCKET:-}
  said=$(isolated "$owner" "$rights" "$SCRIPTS/$SCRIPT" 2>&1 </dev/null 9<&- 5<&- | tail -c 1000 | tr -d '\0'; exit "${PIPESTATUS[0]}")
  code=$?
  stamp script code "$code"
  said=${said%"${said##*[!$'\n']}"}
  ((code == 0)) || failed "$NOT_SOUND" "$SCRIPT ended with $code: ${said##*$'\n'}"
}
