# shellcheck shell=bash
# The two commands of a drill, on an instance that was launched for it. A document adds
#   check_ready  names problems; changes nothing
#   validate     checks the application; everything is mounted. On failure it calls `failed CODE CAUSE`
#   conclude     ends the application; stop_server does, whatever state it is in
#
# All work is done in namespaces that end with this script, however it ends: process 1 of them dies
# with it, with process 1 all others, and with the last of them every mount. See `begin`.
# include members.sh
# include restored.sh
# include isolated.sh

readonly GAVE_UP=201 UNDER_WAY=204 NO_MEMBER=211 NOT_ASSEMBLED=212 NOT_MOUNTED=213 DAMAGED=214 \
  NOT_SOUND=216 NOTHING=217
# What only the user data of a drill instance writes, and only after its boot: /run is memory.
readonly PROOF=/run/freezeframe/drill
# Programs and options of the drill instance's own, by name.
readonly SCRIPTS=/etc/freezeframe/drill.d
readonly BASE=/mnt
TOLD=0 UNSAID=0

# clean TEXT: sets CLEAN to it without any byte but printable ASCII, and to not much of it: somebody
# else may have chosen it, in the data that was restored.
clean() {
  CLEAN=${1//[^ -~]/?}
  ((${#CLEAN} <= 200)) || CLEAN=${CLEAN:0:197}...
}

# tell EVENT [KEY VALUE]...: one of those that repeat. Run Command keeps the first 24,000 characters,
# and the last stamp must be among them.
tell() {
  local line
  local -a values=("$1")
  shift
  while (($# > 1)); do
    clean "$2"
    values+=("$1" "$CLEAN")
    shift 2
  done
  if ((TOLD > 16000)); then
    UNSAID=$((UNSAID + 1))
    return
  fi
  line=$(stamp "${values[@]}")
  TOLD=$((TOLD + ${#line} + 1))
  printf '%s\n' "$line" 2>/dev/null || true
}

# failed CODE CAUSE: ends the validation when everything is taken down.
failed() {
  take_down
  clean "$2"
  fail "$1" "$CLEAN"
}

take_down() {
  stop_server
  unmount_all
  disassemble || problem "$CAUSE"
}

# Refuses on every machine that is no drill instance, or that of another drill. The descriptor that
# it opens has the lock of this drill.
check_instance() {
  local owner='' mode='' drill='' memory
  memory=$(stat -f -c %T /run)
  [[ $memory == tmpfs ]] || refuse "$NOT_READY" "/run is $memory, not memory: no file of it proves a drill instance"
  { exec 9<"$PROOF"; } 2>/dev/null ||
    refuse "$NOT_READY" "this is no drill instance: its user data has not written $PROOF"
  read -r owner mode < <(stat -L -c '%u %a' /proc/self/fd/9)
  if [[ ! -f /proc/self/fd/9 || $owner != 0 ]] || ((8#$mode & 8#22)); then
    refuse "$NOT_READY" "$PROOF is not root's alone to write (owner $owner, mode $mode)"
  fi
  IFS= read -r -n 100 drill <&9
  clean "$drill"
  [[ $EXECUTION_ID != None && $drill == "$EXECUTION_ID" ]] ||
    refuse "$NOT_READY" "this is the instance of the drill $CLEAN, not of $EXECUTION_ID"
}

# check_own FILE: that it is the drill instance's own, and root's alone to write.
check_own() {
  local owner='' mode=''
  read -r owner mode < <(stat -L -c '%u %a' -- "$1" 2>/dev/null)
  if [[ ! -f $1 ]]; then
    problem "$1 is not there: bring it by the image or the user data of the drill instance"
  elif [[ $owner != 0 ]] || ((8#$mode & 8#22)); then
    problem "$1 is not root's alone to write (owner $owner, mode $mode)"
  fi
}

check_everything() {
  need_tools unshare setpriv mount umount blkid stat find grep head tr wc awk date env losetup
  refuse_on_problems
  unshare --net --ipc --mount --pid --fork --kill-child=KILL --mount-proc --propagation private -- true 2>/dev/null ||
    problem "unshare makes no namespaces that end with a process: util-linux 2.32 or later, and a kernel that lets root make them, are needed"
  read_members
  if [[ $SCRIPT != none ]]; then
    check_own "$SCRIPTS/$SCRIPT"
    setpriv --reuid=65534 --regid=65534 --clear-groups -- test -x "$SCRIPTS/$SCRIPT" ||
      problem "$SCRIPTS/$SCRIPT is not executable for a user without rights: chmod o+x, its folders too"
  fi
  check_ready
  refuse_on_problems
  find_members $((TIMEOUT_SECONDS / 4 < 120 ? TIMEOUT_SECONDS / 4 : 120)) || fail "$NO_MEMBER" "$CAUSE"
  check_unused || fail "$NOT_ASSEMBLED" "$CAUSE"
  look_at_members
  check_tools_of_kinds
  refuse_on_problems
  ((LOOKED_AT[filesystems] + LOOKED_AT[carriers] + LOOKED_AT[unknown] > 0)) ||
    fail "$NOTHING" "no member has a file system that can be checked: ${LOOKED_AT[kinds]}"
}

begin() {
  need_root
  need_bash
  need_tools flock stat
  refuse_on_problems
  check_instance
  uptime_now
  DEADLINE=$((UPTIME + TIMEOUT_SECONDS * 100))
  flock -w 5 9 || refuse "$UNDER_WAY" "another command of this drill is under way"
  check_everything
  if [[ $COMMAND == dry-run ]]; then
    stamp dry-run-ok members "${#MEMBER_IDS[@]}"
    exit 0
  fi
  # The kernel keeps what LVM and RAID make beyond the end of every namespace.
  if ((LOOKED_AT[carriers] > 0)); then
    setsid "$BASH" "$SELF" freezeframe-after "$DEADLINE" "${MEMBER_DEVICES[*]}" \
      </dev/null >/dev/null 2>&1 9<&- &
  fi
  exec unshare --mount --pid --fork --kill-child=KILL --mount-proc --propagation private -- \
    "$BASH" "$SELF" freezeframe-inside "$DEADLINE" "${MEMBER_DEVICES[*]}"
}

# Process 1 of the namespaces: its end is the end of all that was started, and of every mount.
inside() {
  local file rest answer=''
  trap 'exit "$GAVE_UP"' TERM INT HUP
  exec 5>&1
  exec {file}< <(
    "$BASH" "$SELF" freezeframe-work "$1" "$2" >&5 5>&-
    printf '%s\n' "$?"
  )
  uptime_now
  rest=$((DEADLINE - UPTIME > 0 ? DEADLINE - UPTIME : 1))
  printf -v rest '%d.%02d' "$((rest / 100))" "$((rest % 100))"
  IFS= read -r -t "$rest" -u "$file" answer
  case $answer in
    0 | 20[1-6] | 21[1-7]) exit "$answer" ;;
  esac
  kill -KILL -1 2>/dev/null
  [[ -n $answer ]] || fail "$GAVE_UP" "the validation is not done within $TIMEOUT_SECONDS s"
  fail "$GAVE_UP" "the validation ended before it was done ($answer)"
}

work() {
  local -a totals=()
  read_mounts
  read_loops
  if ! mount -t tmpfs -o mode=755,nosuid,nodev tmpfs "$BASE" 2>/dev/null; then
    fail "$GAVE_UP" "there is no room to work at $BASE"
  fi
  disassemble || fail "$NOT_ASSEMBLED" "$CAUSE" # what udev has made of the members, half of it perhaps
  assemble || failed "$NOT_ASSEMBLED" "$CAUSE"
  check_file_systems
  validate
  run_script
  conclude
  take_down
  ((${#PROBLEMS[@]} == 0)) || fail "$NOT_MOUNTED" "${PROBLEMS[0]}"
  totals=(file-systems "${#FILE_SYSTEMS[@]}" replayed "$REPLAYED" unsaid "$UNSAID")
  stamp validated "${totals[@]}" "${TOTALS[@]+"${TOTALS[@]}"}"
}

# After the last process of a validation: what it left of LVM and RAID, if it was killed.
after() {
  { exec 9<"$PROOF"; } 2>/dev/null || exit
  flock 9
  read_mounts
  read_loops
  disassemble
}

main() {
  case ${1:-$COMMAND} in
    dry-run | validate) begin ;;
    freezeframe-*)
      DEADLINE=${2:-0}
      read -r -a MEMBER_DEVICES < <(printf '%s\n' "${3:-}")
      read_members
      case $1 in
        freezeframe-inside) inside "$2" "$3" ;;
        freezeframe-work) work ;;
        freezeframe-after) after ;;
      esac
      ;;
    *) refuse "$NOT_READY" "there is no command ${1:-$COMMAND}" ;;
  esac
}
