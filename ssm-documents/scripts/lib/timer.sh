# shellcheck shell=bash
# The dead-man's timer: a process that outlives the script and the agent, and ends the freeze.

# launch ROLE FILE: runs this script in that role, in a process that neither the end of this
# script nor that of the agent's service ends, until it has written FILE.
launch() {
  local role=$1 file=$2 options pid region=${AWS_SSM_REGION_NAME:-${AWS_REGION:-}}
  local unit=freezeframe-$EXECUTION_ID-${1#freezeframe-} restart=
  # What ends the timer's main process leaves its others alone: they thaw, or go on.
  [[ $role != freezeframe-watch ]] ||
    restart='--property=Restart=on-failure --property=RestartSec=3 --property=KillMode=process'
  if [[ -d /run/systemd/system ]] && command -v systemd-run >/dev/null; then
    # --collect came with systemd 236, the other properties for such units later than systemd-run.
    for options in "--collect $restart" "$restart" ''; do
      # shellcheck disable=SC2086 # split on purpose
      timeout -k 1 4 systemd-run --quiet $options --unit="$unit" --setenv=PATH="$PATH" \
        --setenv=AWS_REGION="$region" --property=OOMScoreAdjust=-1000 -- \
        "$BASH" "$STATE/script.sh" "$role" </dev/null >/dev/null 2>&1 8<&- 9<&-
      case $? in
        0) wait_for "$file" && return 0 ;;
        124 | 137) break ;; # a systemd that does not answer is not asked again
      esac
    done
  fi
  {
    leave_groups
    exec env -i PATH="$PATH" AWS_REGION="$region" setsid "$BASH" "$STATE/script.sh" "$role"
  } </dev/null >/dev/null 2>&1 8<&- 9<&- &
  pid=$!
  disown
  wait_for "$file" "$pid"
}

# Takes this process out of the agent's control groups, which can be frozen, ended or short of
# memory as a whole, into those at the top.
leave_groups() {
  local i
  for ((i = 0; i < ${#ALL_TYPES[@]}; i++)); do
    [[ ${ALL_TYPES[i]} != cgroup* ]] || echo 0 >"${ALL_TARGETS[i]}/cgroup.procs"
  done
}

# wait_for FILE [PID]: up to five seconds, and no longer than that process lives.
wait_for() {
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    [[ ! -e $1 ]] || return 0
    [[ -z ${2:-} ]] || kill -0 "$2" 2>/dev/null || break
    sleep 0.05
  done
  [[ -e $1 ]]
}

arm_timer() {
  launch freezeframe-watch "$STATE/armed" && alive "$STATE/armed"
}

# end_timer: the freeze is over and the state about to go. The new name tells the timer so, and it
# is gone before the state is: a signal alone (the guest shuts down), or a state that is not there
# any more (someone's rm), makes it thaw.
end_timer() {
  local tries process start spare spare_start
  { read -r process start spare spare_start <"$STATE/armed"; } 2>/dev/null || return 0
  mv -T "$STATE/armed" "$STATE/ended" 2>/dev/null
  for ((tries = 0; tries < 40; tries++)); do
    lives "$process" "$start" || lives "$spare" "$spare_start" || return 0
    ((tries % 20 > 0)) || end_process TERM
    sleep 0.05
  done
  end_process KILL
}

# end_process SIGNAL: of end_timer's two.
end_process() {
  ! lives "$process" "$start" || kill "-$1" "$process" 2>/dev/null
  ! lives "$spare" "$spare_start" || kill "-$1" "$spare" 2>/dev/null
}

# close_inherited [COUNT]: closes what was open when this process started, but so many of the plan.
close_inherited() {
  local file
  set +f
  for file in "/proc/$$/fd"/*; do
    file=${file##*/}
    ((file < 3 || file == 255 || (file >= 20 && file < 20 + ${1:-0}))) || eval "exec $file<&-"
  done
  set -f
}

# The timer's process. Its word is one line: what it says is stamped by the post-script.
#
# It has a spare, a process of its own, that goes on when it is killed. The timer waits on
# descriptor 17, where nothing ever comes, which needs no process either; and when bash ends
# because it cannot start one, this process starts again as itself (`again`).
watch() {
  local i deadline reason=timer terminated='' spare=- spare_start=- name
  trap 'terminated=yes' TERM
  trap '' HUP INT
  { echo -1000 >/proc/$$/oom_score_adj; } 2>/dev/null
  read -r deadline <"$STATE/deadline" || exit 0
  # One that comes late has nothing to do, unless it is to clear up after a post-script that died.
  uptime_now
  [[ ! -e $STATE/ended ]] || ((UPTIME >= deadline)) || exit 0
  read_plan
  [[ -n $1 ]] || ! alive "$STATE/armed" || exit 0
  take_over "$1" || exit 0
  watch_on
}

# order WORD: gives every process of await_thaw a word of one letter.
order() {
  local i
  for ((i = 0; i < ${#PLAN_DEVICES[@]}; i++)); do
    printf '%s' "$1" >&18
  done
} 2>/dev/null

quiet() {
  read -r -t "$1" -u 17 _ || true
}

# leave: the timer ends as it should, and its spare with it.
leave() {
  trap - EXIT
  ! lives "$spare" "$spare_start" || kill -KILL "$spare" 2>/dev/null
  [[ ! -e $STATE/ended ]] || order e
  exit 0
}

rise() {
  shopt -s execfail
  while [[ -e $STATE/script.sh && ! -e $STATE/ended && ! -e $STATE/word ]]; do
    quiet 0.5
    # shellcheck disable=SC2093 # an exec that fails comes back
    exec "$BASH" "$STATE/script.sh" freezeframe-watch again
  done
}

# Makes sure of the spare, and writes down both. On a full /run the file is overwritten.
write_armed() {
  local line me=$BASHPID
  if ! lives "$spare" "$spare_start"; then
    (stand_by "$me") </dev/null >/dev/null 2>&1 &
    spare=$!
    process_start "$spare" && spare_start=$START
  fi
  process_start "$me"
  printf -v line '%-60s' "$me $START $spare $spare_start"
  { printf '%s\n' "$line" >"$STATE/armed.new" && mv -T "$STATE/armed.new" "$STATE/armed"; } 2>/dev/null ||
    { [[ -e $STATE/armed ]] && printf '%s\n' "$line" 1<>"$STATE/armed"; } 2>/dev/null
}

# stand_by PROCESS: takes over when the timer is gone, or was stopped and is overdue.
stand_by() {
  local process=$1 start
  trap 'terminated=yes' TERM
  process_start "$process"
  start=$START
  while lives "$process" "$start"; do
    uptime_now
    [[ $STATUS != [Tt] ]] || ((UPTIME < deadline)) || break
    [[ ! -e $STATE/ended && ! -e $STATE/word ]] || exit 0
    quiet 0.2
  done
  [[ ! -e $STATE/ended && ! -e $STATE/word ]] || exit 0
  watch_on
}

watch_on() {
  local process start
  trap rise EXIT
  { read -r process start spare spare_start <"$STATE/armed"; } 2>/dev/null
  [[ ${process:-} == "$BASHPID" ]] || spare=-
  [[ ! -d $STATE ]] || write_armed || true
  while uptime_now && ((UPTIME < deadline)); do
    [[ ! -e $STATE/ended && ! -e $STATE/word ]] || leave
    if [[ ! -e $STATE/armed && ! -e $STATE/ended ]]; then
      trap '' TERM
      thaw_lost
    fi
    if alive "$STATE/armed" && [[ $PROCESS != "$BASHPID" ]]; then
      trap - EXIT
      exit 0 # the spare has taken over
    fi
    if [[ -n $terminated && ! -e $STATE/ended ]]; then
      reason=terminated
      break
    fi
    if ! phase frozen && ! alive "$STATE/pid" && ! phase frozen; then
      reason=pre-script-died
      break
    fi
    lives "$spare" "$spare_start" || write_armed
    quiet 0.2
  done
  trap '' TERM
  [[ -d $STATE ]] || thaw_lost
  auto_thaw "$reason"
}

# The state is gone, by someone's hand: all of the plan that this process remembers thaws. No other
# run begins meanwhile, and a freeze that the kernel has yet to complete has some time for it.
thaw_lost() {
  local tries i
  for ((i = 0; i < ${#PLAN_DEVICES[@]}; i++)); do
    PLAN_BEGUN[i]=1
  done
  order t
  thaw_mounts >/dev/null
  lock_run 2 || true
  let_go || true
  for ((tries = 0; tries < 86400; tries++)); do
    thaw_mounts >/dev/null
    ((FAILED > 0 || tries < 4)) || break
    quiet 0.5
  done
  unlock_run
  logger -t freezeframe -- "thawed, as the state was removed: execution=$EXECUTION_ID" 2>/dev/null
  leave
}

# Thaws, then tells. Whatever hangs, or takes its time to freeze, keeps only its own file system.
auto_thaw() {
  local tries i word begun=0
  now
  word="at=$NOW reason=$1"
  order t
  lock_thaw 0 # anyone who has it may hang: the thaw does not wait for that
  read_plan
  thaw_mounts >/dev/null
  stop_freezer 5
  let_go || true
  wait_for_thaw_lock
  for ((tries = 0; tries < 86400; tries++)); do
    read_plan
    thaw_mounts >/dev/null
    let_go || true
    if ((FAILED == 0)) && stop_freezer 0; then break; fi
    unlock_thaw # a post-script may try as well
    quiet 1
    wait_for_thaw_lock
  done
  for ((i = 0; i < ${#PLAN_DEVICES[@]}; i++)); do
    [[ -z ${PLAN_BEGUN[i]} ]] || begun=$((begun + 1))
  done
  word+=" thawed=$((begun - FAILED)) failed=$FAILED"
  printf '%s\n' "$word" 1<>"$STATE/word.spare"
  mv -T "$STATE/word.spare" "$STATE/word"
  unlock_thaw
  rm -f "$STATE/script.sh"
  logger -t freezeframe -- "auto-thaw: $word execution=$EXECUTION_ID" 2>/dev/null
  leave
}

# The lock says who reports.
wait_for_thaw_lock() {
  until lock_thaw 1; do
    (($? == 1)) || thaw_lost
    [[ ! -e $STATE/ended ]] || leave # a post-script ends the freeze
    read_plan
    thaw_mounts >/dev/null
  done
  [[ ! -e $STATE/word ]] || leave
}
