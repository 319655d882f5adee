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
    export HOME=$home PGDATABASE=$DATABASE PGPORT=$PORT PGCONNECT_TIMEOUT=5 PGAPPNAME=freezeframe
    export PGOPTIONS="-c statement_timeout=${seconds}s"
    [[ $HOST == default ]] || export PGHOST=$HOST
    [[ -z $SECRET_USER ]] || export PGUSER=$SECRET_USER PGPASSWORD=$SECRET_PASSWORD
    timeout --kill-after=1 "$((seconds + 6))" runuser -u "$OS_USER" -- "$PSQL" --no-psqlrc \
      --no-password --quiet --tuples-only --no-align --field-separator=' ' \
      --set=ON_ERROR_STOP=1 "${statements[@]}" 2>&1 </dev/null
  )
}

check_ready() {
  local path allowed
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
  if ask 5 "SELECT bool_or(rolsuper OR pg_has_role(current_user, oid, 'MEMBER') AND
      rolname = 'pg_checkpoint') FROM pg_roles
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
  set +f
  for path in "$REPLY"/pg_tblspc/*; do
    [[ ! -L $path ]] || paths+=("$path")
  done
  set -f
  mounts_of_paths "${paths[@]}"
}

# The frozen copy is what a server leaves that lost its power: PostgreSQL recovers from it. The
# checkpoint makes that recovery short; a server too busy for it is left alone.
hold() {
  if ! ask "$CHECKPOINT_SECONDS" 'CHECKPOINT' "SELECT CASE WHEN pg_is_in_recovery()
      THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END"; then
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
