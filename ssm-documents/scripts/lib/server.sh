# shellcheck shell=bash
# A database's server on the restored files: as the user that owns them, isolated. A document adds
#   ask DATABASE STATEMENT...  asks it; sets REPLY; 1: an error, in REPLY
#   request_stop               tells it to end
readonly NOT_STARTED=215
readonly WORK=$BASE/server
SERVER_PID='' OWNER='' SOCKET='' DAMAGE=() COUNTS=()

check_options() {
  need_tools base64 sha256sum sort
  [[ $OPTION_FILE == none ]] || check_own "$SCRIPTS/$OPTION_FILE"
  [[ $QUERY != none ]] || return 0
  printf '%s' "$QUERY" | base64 -d >/dev/null 2>&1 || problem "query is not base64"
  # A backslash would be a command to the client.
  [[ $(statement) =~ ^[[:space:]]*[^[:space:]\\] ]] ||
    problem "query starts with a backslash, or is empty; expected a statement of SQL in base64"
}

statement() {
  printf '%s' "$QUERY" | base64 -d 2>/dev/null | tr -d '\0'
}

# place_of PATH NAME: sets PLACE to where a path of the original is now: below a mount, at the longest
# end of the path where something of that name (find's pattern) is in it; 1: nowhere, or CAUSE says
# that there are two.
place_of() {
  local rest=$1 mount place
  local -a places
  CAUSE="it is on no member"
  while :; do
    places=()
    for mount in "${MOUNTED_AT[@]}"; do
      place=$(readlink -f -- "$mount/$rest" 2>/dev/null) || continue
      [[ $place/ == "$mount"/* && -d $place ]] || continue
      [[ -z $(find "$place" -mindepth 1 -maxdepth 1 -name "$2" -print -quit 2>/dev/null) ]] || places+=("$place")
    done
    if ((${#places[@]} == 1)); then
      PLACE=${places[0]}
      return 0
    elif ((${#places[@]} > 1)); then
      CAUSE="it is on more than one member"
      return 1
    fi
    [[ -n $rest ]] || return 1
    if [[ $rest == */* ]]; then rest=${rest#*/}; else rest=; fi
  done
}

# find_data FILE: sets DATA to the directory that has that file, and OWNER to its owner.
find_data() {
  local mount path owner
  local -a found=()
  if [[ $DATA_DIRECTORY != auto ]]; then
    place_of "${DATA_DIRECTORY#/}" "${1%%/*}" || failed "$NOTHING" "$DATA_DIRECTORY has no ${1%%/*}: $CAUSE"
    found=("$PLACE")
  else
    for mount in "${MOUNTED_AT[@]}"; do
      while IFS= read -r -d '' path; do
        found+=("${path%/"$1"}")
      done < <(find "$mount" -xdev -maxdepth 8 -type f -path "*/$1" -print0 2>/dev/null)
    done
  fi
  ((${#found[@]} > 0)) || failed "$NOTHING" "no member has a data directory: $1 is nowhere"
  ((${#found[@]} == 1)) ||
    failed "$NOTHING" "there are ${#found[@]} data directories, name one: ${found[0]#"$BASE"/*/} or ${found[1]#"$BASE"/*/}"
  DATA=${found[0]}
  owner=$(stat -c '%u:%g' -- "$DATA")
  [[ $owner =~ ^[1-9][0-9]*:[0-9]+$ ]] ||
    failed "$NOT_STARTED" "the data directory belongs to $owner, expected a user of the database's own"
  OWNER=$owner SCRIPT_USER=$owner
  mkdir -m 700 "$WORK" && chown "$OWNER" "$WORK"
}

# as_owner COMMAND...: with the rights of the owner of the data, isolated.
as_owner() {
  (isolated "$OWNER" -all "$@" 5>&- 9<&-)
}

# start_server COMMAND...: until it answers.
start_server() {
  local line=''
  (isolated "$OWNER" -all "$@" </dev/null >"$WORK/log" 2>&1 5>&- 9<&-) &
  SERVER_PID=$!
  while ! answers; do
    if ! kill -0 "$SERVER_PID" 2>/dev/null; then
      SERVER_PID=
      line=$(grep -aE 'FATAL|PANIC|\[ERROR\]|ERROR' "$WORK/log" | head -n 1)
      [[ -n $line ]] || line=$(tail -n 1 "$WORK/log")
      failed "$NOT_STARTED" "the server does not start: $line"
    fi
    sleep 0.3
  done
}

# conclude: ends it as it should be ended.
conclude() {
  local tries
  [[ -n $SERVER_PID ]] || return 0
  request_stop
  for ((tries = 0; tries < 600; tries++)); do
    kill -0 "$SERVER_PID" 2>/dev/null || break
    sleep 0.2
  done
  ! kill -0 "$SERVER_PID" 2>/dev/null || failed "$NOT_STARTED" "the server does not stop within two minutes"
  SERVER_PID=
  stamp stopped
}

# However it ended: its namespaces end with the process that made them.
stop_server() {
  [[ -n $SERVER_PID ]] || return 0
  kill -KILL "$SERVER_PID" 2>/dev/null
  wait "$SERVER_PID" 2>/dev/null
  SERVER_PID=
}

# found_damage WHAT
found_damage() {
  clean "$1"
  ((${#DAMAGE[@]} >= 10)) || problem "$CLEAN"
  DAMAGE+=("$CLEAN")
}

# tell_counts: the largest of COUNTS ("NUMBER NAME"), and a fingerprint of all of them.
tell_counts() {
  local line total=0 sum
  for line in "${COUNTS[@]+"${COUNTS[@]}"}"; do
    total=$((total + ${line%% *}))
  done
  while read -r sum line; do
    [[ -z $line ]] || tell rows table "$line" count "$sum"
  done < <(printf '%s\n' "${COUNTS[@]+"${COUNTS[@]}"}" | sort -rn | head -n 40)
  sum=$(printf '%s\n' "${COUNTS[@]+"${COUNTS[@]}"}" | sort | sha256sum)
  tell fingerprint tables "${#COUNTS[@]}" rows "$total" sha256 "${sum%% *}"
  TOTALS=(tables "${#COUNTS[@]}" rows "$total")
  ((${#DAMAGE[@]} == 0)) || failed "$NOT_SOUND" "${DAMAGE[0]}"
}

# tell_newest DATABASE STATEMENT: the newest time of the column that NEWEST_OF names.
tell_newest() {
  ask "$1" "$2" || failed "$NOT_SOUND" "$NEWEST_OF: ${REPLY##*$'\n'}"
  [[ $REPLY =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$ ]] ||
    failed "$NOT_SOUND" "$NEWEST_OF has no newest time: '$REPLY'"
  tell newest of "$NEWEST_OF" time "$REPLY"
}

# run_query DATABASE
run_query() {
  [[ $QUERY != none ]] || return 0
  ask "$1" "$(statement)" || failed "$NOT_SOUND" "the query failed: ${REPLY##*$'\n'}"
  REPLY=${REPLY%%$'\n'*} REPLY=${REPLY%%$'\t'*}
  tell query answer "$REPLY"
  case $REPLY in
    '' | f | false | 0 | NULL) failed "$NOT_SOUND" "the query answers '$REPLY'" ;;
  esac
}
