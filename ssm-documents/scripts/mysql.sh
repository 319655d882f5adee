#!/bin/bash
readonly DOCUMENT=mysql
readonly EXECUTION_ID='{{ executionId }}'
readonly COMMAND='{{ command }}'
readonly MOUNT_POINTS='{{ mountPoints }}'
readonly AUTO_THAW_SECONDS='{{ autoThawSeconds }}'
readonly LOCK_WAIT_SECONDS='{{ lockWaitSeconds }}'
readonly LOCK='{{ lock }}'
readonly OPTION_FILE='{{ optionFile }}'
readonly SECRET_ID='{{ secretId }}'
# include lib/bash.sh
# include lib/stamps.sh
# include lib/checks.sh
# include lib/state.sh
# include lib/mounts.sh
# include lib/freeze.sh
# include lib/timer.sh
# include lib/steps.sh
# include lib/secret.sh
# include lib/links.sh
# include lib/paths.sh
# include lib/session.sh
SECRET_USER='' SECRET_PASSWORD='' SERVER=''
POSITION=()

find_client() {
  PATH=$PATH:/usr/local/mysql/bin:/opt/mysql/bin
  CLIENT_PROGRAM=$(type -P mariadb) || CLIENT_PROGRAM=$(type -P mysql)
}

# Becomes the client. Options: first the file (the client wants it there), then the rest; last what
# no file may override: a server never gets a file of root's that it asks for.
client() {
  local -a options=()
  unset "${!MYSQL@}" "${!MARIADB@}" "${!LIBMYSQL@}" # the agent's environment names no server
  if [[ $OPTION_FILE != default ]]; then
    open_option_file || exit 1
    options=("--defaults-file=/dev/fd/$OPTIONS")
  fi
  if [[ -n $SECRET_USER ]]; then
    options=("--defaults-file=/dev/fd/3")
    exec 3< <(login_file)
  fi
  # shellcheck disable=SC2086 # nothing, or a word
  exec ${LIMIT:+timeout $LIMIT} "$CLIENT_PROGRAM" "${options[@]+"${options[@]}"}" --batch --skip-column-names --raw \
    --unbuffered --skip-reconnect --connect-timeout=5 "$@" --local-infile=0
}

# open_option_file: sets OPTIONS to a descriptor of the file. What was opened is what is checked and
# what the client reads, whatever happens to the path; anyone who can write it runs code as root.
open_option_file() {
  local owner mode
  if ! { exec {OPTIONS}<"$OPTION_FILE"; } 2>/dev/null; then
    echo "the option file $OPTION_FILE cannot be read"
    return 1
  fi
  read -r owner mode < <(stat -L -c '%u %a' "/proc/self/fd/$OPTIONS")
  if [[ ! -f /proc/self/fd/$OPTIONS || $owner != 0 ]] || ((8#$mode & 8#22)); then
    echo "the option file $OPTION_FILE is not root's alone to write (owner $owner, mode $mode)"
    return 1
  fi
}

login_file() {
  local user=${SECRET_USER//\\/\\\\} password=${SECRET_PASSWORD//\\/\\\\}
  [[ $OPTION_FILE == default ]] || printf '!include /dev/fd/%s\n' "$OPTIONS"
  printf '[client]\nuser="%s"\npassword="%s"\n' "${user//\"/\\\"}" "${password//\"/\\\"}"
}

# ask STATEMENT: in a session of its own that ends with it; sets REPLY.
ask() {
  REPLY=$(LIMIT=10 && client --execute="$1" </dev/null 2>&1 8<&- 9<&-)
}

log_in() {
  [[ $SECRET_ID == None || -n $SECRET_USER ]] || read_secret "$SECRET_ID"
}

check_ready() {
  need_tools timeout
  if ! find_client; then
    problem "the program mariadb or mysql is missing"
    return
  fi
  if [[ $OPTION_FILE != default ]] && ! REPLY=$(open_option_file); then
    problem "$REPLY"
    return
  fi
  log_in || return
  if ! ask 'SELECT VERSION()'; then
    problem "the database does not let us in: ${REPLY##*$'\n'}"
    return
  fi
  SERVER=$REPLY
  if ask 'SHOW GRANTS' && [[ ! $REPLY =~ (ALL PRIVILEGES|RELOAD)[^$'\n']*' ON *.* ' ]]; then
    problem "the login lacks the privilege RELOAD"
  fi
  if [[ $LOCK == backup-stage ]] && ! has_backup_stage; then
    problem "server $SERVER has no BACKUP STAGE; use lock=read-lock"
  fi
  MOUNTS=$MOUNT_POINTS
  [[ $MOUNT_POINTS != auto ]] || find_database_mounts
}

# BACKUP STAGE came with MariaDB 10.4. It lets readers and open transactions go on and waits for
# no SELECT; the global read lock is what MySQL has.
has_backup_stage() {
  [[ $SERVER =~ ^([0-9]+)\.([0-9]+).*MariaDB ]] &&
    ((BASH_REMATCH[1] * 100 + BASH_REMATCH[2] >= 1004))
}

# Every file system that holds data or logs of the server.
find_database_mounts() {
  local name path data='' i
  local -a paths=() elsewhere=()
  ask "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('datadir', 'innodb_data_home_dir',
    'innodb_log_group_home_dir', 'innodb_undo_directory', 'log_bin_basename',
    'relay_log_basename', 'aria_log_dir_path')"
  while IFS=$'\t' read -r name path; do
    [[ -n $path && $path != NULL ]] || continue
    [[ $name != datadir ]] || data=${path%/}
    paths+=("$path")
  done < <(printf '%s\n' "$REPLY")
  for ((i = 0; i < ${#paths[@]}; i++)); do
    [[ ${paths[i]} == /* ]] || paths[i]=$data/${paths[i]}
    [[ -d ${paths[i]} ]] || paths[i]=${paths[i]%/*}
  done
  # Tables elsewhere: MySQL lists them, MariaDB's stand in .isl files and links.
  if ask "SELECT FILE_NAME FROM information_schema.FILES WHERE FILE_NAME LIKE '/%'"; then
    while IFS= read -r path; do
      [[ $path != /* ]] || elsewhere+=("${path%/*}")
    done < <(printf '%s\n' "$REPLY")
  fi
  if ! links_below "$data" 2; then
    problem "$CAUSE"
    return
  fi
  mounts_of_paths "${paths[@]}" "${elsewhere[@]+"${elsewhere[@]}"}" "${LINKS[@]+"${LINKS[@]}"}"
}

hold() {
  hold_session "$LOCK_WAIT_SECONDS" && read_position
}

let_go() {
  let_go_session
}

session_client() {
  find_client
  PROBLEMS=()
  log_in >/dev/null || {
    echo "${PROBLEMS[0]}"
    return 1
  }
  client
}

session_begin() {
  local rest
  uptime_now
  rest=$(((SESSION_DEADLINE - UPTIME) / 100 + 5))
  ask 'SELECT VERSION()' && SERVER=$REPLY
  printf 'SET SESSION lock_wait_timeout=%d, wait_timeout=%d;\n' "$LOCK_WAIT_SECONDS" "$rest"
  if [[ $LOCK == backup-stage || $LOCK == auto ]] && has_backup_stage; then
    printf 'BACKUP STAGE START;\nBACKUP STAGE BLOCK_COMMIT;\n'
  else
    printf 'FLUSH TABLES WITH READ LOCK;\n'
  fi
  # What was committed may still be in InnoDB's log buffer, if the server was told to be quick.
  printf 'FLUSH NO_WRITE_TO_BINLOG ENGINE LOGS;\n'
}

# The end of the session ends either lock; both statements are allowed without one.
session_end() {
  if [[ $LOCK != read-lock ]] && has_backup_stage; then
    printf 'BACKUP STAGE END;\n'
  else
    printf 'UNLOCK TABLES;\n'
  fi
}

session_question() {
  printf "SELECT '%s';\n" "$1"
}

# Where the binary log stood: nothing is committed until the thaw. Read before the freeze.
read_position() {
  local file position
  POSITION=()
  if [[ $SERVER == *MariaDB* ]] || ! ask 'SHOW BINARY LOG STATUS'; then
    ask 'SHOW MASTER STATUS' || REPLY=
  fi
  IFS=$'\t' read -r file position _ < <(printf '%s\n' "$REPLY")
  [[ -z ${position:-} ]] || POSITION+=("binlog-file $file" "binlog-position $position")
  ask "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('gtid_binlog_pos', 'gtid_executed')"
  REPLY=${REPLY//$'\n'/}
  [[ -z ${REPLY#*$'\t'} ]] || POSITION+=("gtid ${REPLY#*$'\t'}")
}

held() {
  ((${#POSITION[@]} == 0)) || printf '%s\n' "${POSITION[@]}"
}

main "$@"
