#!/bin/bash
readonly DOCUMENT=postgresql
readonly EXECUTION_ID='{{ executionId }}'
readonly COMMAND='{{ command }}'
readonly MOUNT_POINTS='{{ mountPoints }}'
readonly AUTO_THAW_SECONDS='{{ autoThawSeconds }}'
readonly CHECKPOINT_SECONDS='{{ checkpointSeconds }}'
readonly OS_USER='{{ osUser }}'
readonly HOST='{{ host }}'
readonly PORT='{{ port }}'
readonly DATABASE='{{ database }}'
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
SECRET_USER='' SECRET_PASSWORD='' POSITION=()

find_client() {
  local directory
  set +f
  for directory in /usr/pgsql-*/bin /usr/lib/postgresql/*/bin /usr/local/pgsql/bin; do
    [[ ! -d $directory ]] || PATH=$PATH:$directory
  done
  set -f
  PSQL=$(type -P psql)
}

# ask SECONDS STATEMENT...: as the database's own user of this system, whom the server knows by
# peer authentication or who has a ~/.pgpass; sets REPLY.
#
# The owner of a database can give it settings of its own. Those in the start-up packet win over
# them: no name is looked up but in pg_catalog, the login acts as nobody else, and no notice gets
# between the answers. A socket is believed only if the server behind it runs as that same user.
ask() {
  local seconds=$1 home=~root statement
  local -a statements=()
  shift
  for statement; do
    statements+=(--command "$statement")
  done
  eval "home=~$OS_USER" # a name without metacharacters: the parameter's pattern says so
  REPLY=$(
    exec 8<&- 9<&-
    unset "${!PG@}" # the agent's environment names no server
    export HOME=$home PGDATABASE=$DATABASE PGPORT=$PORT PGCONNECT_TIMEOUT=5 PGAPPNAME=freezeframe
    PGOPTIONS="-c search_path=pg_catalog -c role=none -c client_min_messages=error"
    export PGOPTIONS="$PGOPTIONS -c statement_timeout=${seconds}s"
    export PGREQUIREPEER=$OS_USER
    [[ $HOST == default ]] || export PGHOST=$HOST
    [[ -z $SECRET_USER ]] || export PGUSER=$SECRET_USER PGPASSWORD=$SECRET_PASSWORD
    timeout --kill-after=1 "$((seconds + 6))" runuser -u "$OS_USER" -- "$PSQL" --no-psqlrc \
      --no-password --quiet --tuples-only --no-align --field-separator=' ' \
      --set=ON_ERROR_STOP=1 "${statements[@]}" 2>&1 </dev/null
  )
}

check_ready() {
  local allowed
  local -a paths=()
  need_tools runuser timeout
  if ! find_client; then
    problem "the program psql is missing"
    return
  fi
  if ! id "$OS_USER" >/dev/null 2>&1; then
    problem "this system has no user $OS_USER"
    return
  fi
  if [[ $SECRET_ID != None ]]; then
    read_secret "$SECRET_ID" || return
  fi
  if ! ask 5 'SELECT 1'; then
    problem "the database does not let us in: ${REPLY##*$'\n'}"
    return
  fi
  # The role pg_checkpoint came with version 15.
  if ask 5 "SELECT pg_catalog.bool_or(rolsuper OR pg_catalog.pg_has_role(current_user, oid, 'MEMBER')
      AND rolname = 'pg_checkpoint') FROM pg_catalog.pg_roles
      WHERE rolname IN (current_user, 'pg_checkpoint')"; then
    allowed=$REPLY
    [[ $allowed == t ]] || problem "the login may not CHECKPOINT: it needs the role pg_checkpoint"
  fi
  MOUNTS=$MOUNT_POINTS
  [[ $MOUNT_POINTS == auto ]] || return 0
  if ! ask 5 'SHOW data_directory'; then
    problem "the login may not see data_directory: it needs the role pg_read_all_settings"
    return
  fi
  paths=("$REPLY" "$REPLY/pg_wal")
  if ! links_below "$REPLY/pg_tblspc" 1; then
    problem "$CAUSE"
    return
  fi
  mounts_of_paths "${paths[@]}" "${LINKS[@]+"${LINKS[@]}"}"
}

# The frozen copy is what a server leaves that lost its power: PostgreSQL recovers from it. The
# checkpoint makes that recovery short; a server too busy for it is left alone.
hold() {
  if ! ask "$CHECKPOINT_SECONDS" 'CHECKPOINT' "SELECT CASE WHEN pg_catalog.pg_is_in_recovery()
      THEN pg_catalog.pg_last_wal_replay_lsn() ELSE pg_catalog.pg_current_wal_flush_lsn() END"; then
    REPLY=${REPLY##*$'\n'}
    CAUSE="no checkpoint within $CHECKPOINT_SECONDS s: ${REPLY:-the server does not answer}"
    return 1
  fi
  POSITION=("lsn ${REPLY##*$'\n'}")
}

let_go() { :; }

held() {
  printf '%s\n' "${POSITION[@]}"
}

main "$@"
