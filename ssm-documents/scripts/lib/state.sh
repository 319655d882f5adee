# shellcheck shell=bash
# What is known from one command to the next: a directory per run under /run/freezeframe.
#
#   document, boot, pid, deadline   who froze, when it ends at the latest
#   script.sh                       this script, for the processes that outlive it
#   todo-NN, then begun-NN          a file system of the plan; renamed *before* it is frozen
#   phase                           freezing, then frozen
#   armed                           the timer's process and its spare, once they watch; renamed to
#                                   `ended` when the freeze is over and they may go
#   record                          what a document wants to know of the plan later, as it likes
#   word                            what the timer did, for the post-script
#   freezer.lock                    locked by the pre-script and its fsfreeze while they live
#   thaw.lock                       locked by the process that thaws
#
# All of it is written before the first freeze; later steps only rename, so a full /run cannot
# stop them.
readonly RUN=/run/freezeframe
STATE=$RUN/$EXECUTION_ID

# lock_run SECONDS: the lock over the directory of all runs, on descriptor 8; 1: there cannot be
# such a directory, 2: not in time.
lock_run() {
  local tries
  for ((tries = 0; ; tries++)); do
    mkdir -m 0700 "$RUN" 2>/dev/null
    if [[ ! -d $RUN || ! -O $RUN || -L $RUN ]] || ! { exec 8<"$RUN"; } 2>/dev/null; then
      ((tries < 20)) || return 1
      continue # its last user may have removed it meanwhile
    fi
    flock -w "$1" 8 || {
      exec 8<&-
      return 2
    }
    [[ $RUN -ef /proc/self/fd/8 ]] && return 0 # else its last user has removed it meanwhile
    exec 8<&-
  done
}

unlock_run() {
  rmdir "$RUN" 2>/dev/null # only when nothing is left in it
  exec 8<&-
}

# process_start PID: sets START, which tells a process from a later one of the same number, and
# STATUS, a letter.
process_start() {
  local stat
  START=
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  stat=${stat##*) }
  # shellcheck disable=SC2086 # split on purpose
  set -- $stat
  [[ $1 != [ZX] ]] || return 1
  STATUS=$1 START=${20}
}

# lives PID START: whether that process still lives.
lives() {
  process_start "$1" && [[ $START == "$2" ]]
}

# alive FILE: whether the process that wrote "PID START" there still lives; sets PROCESS.
alive() {
  local start
  PROCESS=
  { read -r PROCESS start _ <"$1"; } 2>/dev/null || return 1
  lives "$PROCESS" "$start"
}

# write_self FILE: this process as "PID START", atomically.
write_self() {
  process_start "$$" && printf '%s %s\n' "$$" "$START" >"$1.new" && mv -f "$1.new" "$1"
}

read_boot() {
  read -r BOOT </proc/sys/kernel/random/boot_id
}

# Whether /run has room for the state; changes nothing.
check_run() {
  local blocks size free
  if [[ ! -f $SELF || ! -r $SELF ]]; then
    problem "the script must be run from a file"
  fi
  if [[ -e $RUN && (! -d $RUN || ! -O $RUN || -L $RUN) ]]; then
    problem "$RUN is not a directory of root's"
  fi
  if [[ ! -w /run ]]; then
    problem "/run cannot be written"
  elif read -r blocks size free < <(stat -f -c '%a %S %d' /run); then
    ((blocks * size >= 512 * 1024)) || problem "/run has less than 512 KiB free"
    # A file system that does not count its inodes says 0 of 0.
    ((free >= 64)) || [[ $(stat -f -c %c /run) == 0 ]] || problem "/run has fewer than 64 free inodes"
  fi
}

# Sets HOLDER to the run that holds a freeze, if one does.
find_holder() {
  local directory
  HOLDER=
  set +f
  for directory in "$RUN"/*/; do
    directory=${directory%/}
    [[ -d $directory && ! -e $directory/word ]] || continue
    HOLDER=${directory##*/}
    break
  done
  set -f
  [[ -n $HOLDER ]]
}

# Removes what no one will ask for any more; and thaws for a timer that was killed itself.
sweep() {
  local directory boot deadline
  uptime_now
  read_boot
  set +f
  for directory in "$RUN"/*/; do
    directory=${directory%/}
    [[ -d $directory ]] || continue
    boot='' deadline=0
    { read -r boot <"$directory/boot" && read -r deadline <"$directory/deadline"; } 2>/dev/null
    if [[ $boot != "$BOOT" ]]; then
      rm -rf "$directory"
    elif [[ -e $directory/word ]]; then
      ((UPTIME < deadline + 8640000)) || rm -rf "$directory"
    elif ((UPTIME > deadline + 300)) && ! alive "$directory/armed"; then
      setsid "$BASH" "$directory/script.sh" freezeframe-watch </dev/null >/dev/null 2>&1 8<&- &
      wait_for "$directory/word" # no longer than that: its disk may hang
    fi
  done
  rm -rf "$RUN"/.new-* "$RUN"/.gone-*
  for directory in "$RUN"/*.over; do
    [[ -f $directory ]] || continue
    { read -r boot deadline <"$directory"; } 2>/dev/null
    if [[ $boot != "$BOOT" ]] || ((UPTIME >= deadline)); then
      rm -f "$directory"
    fi
  done
  set -f
}

# Writes the state whole, then shows it under its name. Holds freezer.lock on descriptor 9.
publish_state() {
  local new=$RUN/.new-$$ i name
  uptime_now
  DEADLINE=$((UPTIME + AUTO_THAW_SECONDS * 100))
  {
    mkdir "$new" &&
      printf '%s\n' "$DOCUMENT" >"$new/document" &&
      printf '%s\n' "$BOOT" >"$new/boot" &&
      printf '%s\n' "$DEADLINE" >"$new/deadline" &&
      printf 'freezing\n' >"$new/phase" &&
      printf 'frozen\n' >"$new/phase.frozen" &&
      printf '%-1000s\n' '' >"$new/word.spare" &&
      printf '%s\n' "${RECORD[@]-}" >"$new/record" &&
      : >"$new/thaw.lock" &&
      write_self "$new/pid" &&
      cat -- "$SELF" >"$new/script.sh" &&
      { exec 9>"$new/freezer.lock"; } &&
      flock -n 9
  } 2>/dev/null || return 1
  for ((i = 0; i < ${#PLAN_MOUNTS[@]}; i++)); do
    printf -v name 'todo-%02d' "$i"
    printf '%s\n%s\0' "${PLAN_DEVICES[i]}" "${PLAN_MOUNTS[i]}" 2>/dev/null >"$new/$name" || return 1
  done
  [[ -s $new/script.sh ]] && mv -T "$new" "$STATE" 2>/dev/null
}

# Reads the plan of a run; PLAN_BEGUN says which of it may be frozen.
read_plan() {
  local i name file device mount
  PLAN_DEVICES=() PLAN_MOUNTS=() PLAN_BEGUN=()
  for ((i = 0; ; i++)); do
    printf -v name '%02d' "$i"
    if [[ -e $STATE/begun-$name ]]; then
      file=$STATE/begun-$name PLAN_BEGUN[i]=1
    elif [[ -e $STATE/todo-$name ]]; then
      file=$STATE/todo-$name PLAN_BEGUN[i]=
    else
      break
    fi
    { read -r device && IFS= read -r -d '' mount; } <"$file"
    PLAN_DEVICES[i]=$device PLAN_MOUNTS[i]=$mount
  done
}

phase() {
  local phase=''
  { read -r phase <"$STATE/phase"; } 2>/dev/null
  [[ $phase == "$1" ]]
}

remove_state() {
  mv -T "$STATE" "$RUN/.gone-$$" 2>/dev/null
  rm -rf "$RUN/.gone-$$"
  if lock_run 2; then unlock_run; fi
}

# A post-script that finds nothing leaves a mark for a pre-script that is still on its way to
# this guest. It expires with the timer's length, and a process removes it then.
leave_mark() {
  local mark=$RUN/$EXECUTION_ID.over
  [[ $EXECUTION_ID != None ]] || return 0
  read_boot
  uptime_now
  { printf '%s %s\n' "$BOOT" "$((UPTIME + AUTO_THAW_SECONDS * 100))" >"$mark"; } 2>/dev/null || return 0
  # shellcheck disable=SC2016 # that shell's parameters, not ours
  setsid sh -c 'sleep "$1"; rm -f "$2"; exec 8<"$3" && flock -w 5 8 && rmdir "$3"' \
    sh "$AUTO_THAW_SECONDS" "$mark" "$RUN" </dev/null >/dev/null 2>&1 8<&- &
}

marked_over() {
  local boot deadline
  { read -r boot deadline <"$RUN/$EXECUTION_ID.over"; } 2>/dev/null || return 1
  read_boot
  uptime_now
  [[ $boot == "$BOOT" ]] && ((UPTIME < deadline))
}
