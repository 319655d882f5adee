# shellcheck shell=bash
# The dead-man's timer: a process that outlives the script and the agent, and ends the freeze.

# launch ROLE FILE: runs this script in that role, in a process that neither the end of this
# script nor that of the agent's service ends, until it has written FILE.
launch() {
  local role=$1 file=$2 collect pid region=${AWS_SSM_REGION_NAME:-${AWS_REGION:-}}
  local unit=freezeframe-$EXECUTION_ID-${1#freezeframe-}
  if [[ -d /run/systemd/system ]] && command -v systemd-run >/dev/null; then
    for collect in --collect --quiet; do # --collect came with systemd 236
      timeout -k 1 4 systemd-run --quiet "$collect" --unit="$unit" --setenv=PATH="$PATH" \
        --setenv=AWS_REGION="$region" --property=OOMScoreAdjust=-1000 -- \
        "$BASH" "$STATE/script.sh" "$role" </dev/null >/dev/null 2>&1 8<&- 9<&-
      case $? in
        0) wait_for "$file" && return 0 ;;
        124 | 137) break ;; # a systemd that does not answer is not asked again
      esac
    done
  fi
  env -i PATH="$PATH" AWS_REGION="$region" \
    setsid "$BASH" "$STATE/script.sh" "$role" </dev/null >/dev/null 2>&1 8<&- 9<&- &
  pid=$!
  disown
  wait_for "$file" "$pid"
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
  launch freezeframe-watch "$STATE/armed" && alive "$STATE/armed" && WATCHER=$PROCESS
}

# end_timer: the freeze is over and the state about to go. The new name tells the timer so, and it
# is gone before the state is: a signal alone (the guest shuts down), or a state that is not there
# any more (someone's rm), makes it thaw.
end_timer() {
  local tries
  alive "$STATE/armed" || return 0
  mv -T "$STATE/armed" "$STATE/ended" 2>/dev/null
  for ((tries = 0; tries < 40; tries++)); do
    alive "$STATE/ended" || return 0
    ((tries % 20 > 0)) || kill -TERM "$PROCESS" 2>/dev/null
    sleep 0.05
  done
  kill -KILL "$PROCESS" 2>/dev/null
}

close_inherited() {
  local file
  set +f
  for file in "/proc/$$/fd"/*; do
    file=${file##*/}
    ((file < 3 || file == 255)) || eval "exec $file<&-"
  done
  set -f
}

# The timer's process. Its word is one line: what it says is stamped by the post-script.
watch() {
  local i deadline reason=timer terminated=
  trap 'terminated=yes' TERM
  trap '' HUP INT
  close_inherited
  { echo -1000 >/proc/$$/oom_score_adj; } 2>/dev/null
  ! alive "$STATE/armed" || exit 0
  read -r deadline <"$STATE/deadline" || exit 1
  # One that comes late has nothing to do, unless it is to clear up after a post-script that died.
  uptime_now
  [[ ! -e $STATE/ended ]] || ((UPTIME >= deadline)) || exit 0
  read_plan
  for ((i = 0; i < ${#PLAN_MOUNTS[@]}; i++)); do
    eval "exec $((i + 20))<\"\${PLAN_MOUNTS[i]}\"" 2>/dev/null
  done
  write_self "$STATE/armed" || exit 1
  WATCHER=$$
  while uptime_now && ((UPTIME < deadline)); do
    if ! alive "$STATE/armed"; then
      [[ ! -e $STATE/ended ]] || exit 0
      trap '' TERM
      thaw_lost
    fi
    [[ $PROCESS == "$$" && ! -e $STATE/word ]] || exit 0
    if [[ -n $terminated ]]; then
      [[ ! -e $STATE/ended ]] || exit 0
      reason=terminated
      break
    fi
    if ! phase frozen && ! alive "$STATE/pid" && ! phase frozen; then
      reason=pre-script-died
      break
    fi
    sleep 0.2
  done
  trap '' TERM
  auto_thaw "$reason"
}

# The state is gone, by someone's hand: all of the plan that this process remembers thaws. No other
# run begins meanwhile, and a freeze that the kernel has yet to complete has some time for it.
thaw_lost() {
  local tries i
  for ((i = 0; i < ${#PLAN_MOUNTS[@]}; i++)); do
    PLAN_BEGUN[i]=1
  done
  lock_run 2 || true
  for ((tries = 0; tries < 600; tries++)); do
    thaw_mounts >/dev/null
    ((FAILED > 0 || tries < 4)) || break
    sleep 0.5
  done
  unlock_run
  let_go || true
  logger -t freezeframe -- "thawed, as the state was removed: execution=$EXECUTION_ID" 2>/dev/null
  exit 0
}

auto_thaw() {
  local tries word
  now
  word="at=$NOW reason=$1"
  THAWED=0
  wait_for_thaw_lock
  stop_freezer 86400
  for ((tries = 0; tries < 600; tries++)); do
    read_plan
    thaw_mounts >/dev/null
    ((FAILED > 0)) || break
    unlock_thaw # a post-script may try as well
    sleep 1
    wait_for_thaw_lock
  done
  let_go || true
  word+=" thawed=$THAWED failed=$FAILED"
  printf '%s\n' "$word" 1<>"$STATE/word.spare"
  mv -T "$STATE/word.spare" "$STATE/word"
  unlock_thaw
  logger -t freezeframe -- "auto-thaw: $word execution=$EXECUTION_ID" 2>/dev/null
  exit 0
}

# The lock says who reports. Whoever keeps it for long may hang: the thaw does not wait for that.
wait_for_thaw_lock() {
  until lock_thaw 5; do
    (($? == 1)) || thaw_lost
    read_plan
    thaw_mounts >/dev/null
  done
  [[ ! -e $STATE/word ]] || exit 0
}
