#!/bin/bash
readonly DOCUMENT=drill-postgresql
readonly EXECUTION_ID='{{ executionId }}'
readonly COMMAND='{{ command }}'
readonly MEMBERS='{{ members }}'
readonly TIMEOUT_SECONDS='{{ timeoutSeconds }}'
readonly SPREAD_SECONDS='{{ spreadSeconds }}'
readonly SCRIPT='{{ script }}'
readonly DATA_DIRECTORY='{{ dataDirectory }}'
readonly OPTION_FILE='{{ optionFile }}'
readonly NEWEST_OF='{{ newest }}'
readonly QUERY='{{ query }}'
readonly DATABASE='{{ database }}'
readonly DATABASE_USER='{{ user }}'
# include lib/bash.sh
# include lib/stamps.sh
# include lib/checks.sh
# include lib/mounts.sh
# include lib/drill.sh
# include lib/server.sh
# include lib/amcheck.sh

# find_programs VERSION: puts the programs of that version first; 1: there are none.
find_programs() {
  local directory
  local -a places
  IFS=: read -r -a places < <(printf '%s\n' "$PATH")
  set +f
  for directory in /usr/pgsql-*/bin /usr/lib/postgresql/*/bin /usr/local/pgsql/bin "${places[@]}"; do
    [[ -x $directory/postgres ]] || continue
    [[ -n $1 && ! $("$directory/postgres" --version 2>/dev/null) =~ \ ${1//./\\.}(\.|[a-z]|$) ]] || break
    directory=
  done
  set -f
  [[ -x $directory/postgres ]] && PATH=$directory:$PATH
}

check_ready() {
  find_programs '' || problem "the program postgres is missing"
  need_tools psql
  check_options
}

validate() {
  local version=''
  find_data global/pg_control
  { read -r version <"$DATA/PG_VERSION"; } 2>/dev/null
  [[ $version =~ ^[0-9]+(\.[0-9]+)?$ ]] || failed "$NOT_STARTED" "PG_VERSION names no version"
  find_programs "$version" ||
    failed "$NOT_STARTED" "the data is of PostgreSQL $version, which the drill instance has not"
  place_links "$version"
  configure "$version"
  start_server postgres -D "$DATA" "${OPTIONS[@]}"
  ask template1 'SELECT pg_catalog.version()' || REPLY=PostgreSQL
  tell started server "$REPLY"
  check_databases
  tell_counts
  tell_time
  SEARCH_PATH=public run_query "$DATABASE"
}

# place_links VERSION: has tablespaces and pg_wal lead to where they are now. By the owner's hand: what
# root writes through a link in restored data may go anywhere.
place_links() {
  local name target
  while IFS=$'\t' read -r -d '' name target; do
    case $name in
      pg_tblspc/*) place_of "${target#/}" "PG_$1_*" ;;
      *) place_of "${target#/}" archive_status ;;
    esac || failed "$NOT_STARTED" "$name leads to $target: $CAUSE"
    as_owner ln -sfn -- "$PLACE" "$DATA/$name" || failed "$NOT_STARTED" "$name cannot be made to lead to $PLACE"
  done < <(
    cd -- "$DATA" && find pg_tblspc pg_wal pg_xlog -maxdepth 1 -type l -printf '%p\t%l\0' 2>/dev/null
  )
}

# configure VERSION: a configuration of our own. The restored one could archive, replicate, load
# libraries and listen; nothing of it is needed to recover.
configure() {
  local option
  SOCKET=$WORK
  {
    printf 'local all all trust\n' >"$WORK/pg_hba.conf"
    : >"$WORK/pg_ident.conf"
    [[ $OPTION_FILE == none ]] || cat "$SCRIPTS/$OPTION_FILE"
  } >"$WORK/postgresql.conf"
  chmod 644 "$WORK"/pg_hba.conf "$WORK"/pg_ident.conf "$WORK"/postgresql.conf
  # shellcheck disable=SC2016 # that shell's parameters, not ours
  as_owner sh -c 'cd -- "$1" && rm -f postmaster.pid standby.signal recovery.signal recovery.conf &&
    rm -f postgresql.auto.conf && : >postgresql.auto.conf' sh "$DATA" ||
    failed "$NOT_STARTED" "the owner of the data cannot write it"
  OPTIONS=()
  for option in config_file="$WORK/postgresql.conf" hba_file="$WORK/pg_hba.conf" \
    ident_file="$WORK/pg_ident.conf" unix_socket_directories="$WORK" listen_addresses= port=5433 ssl=off \
    archive_mode=off shared_preload_libraries= session_preload_libraries= local_preload_libraries= \
    autovacuum=off max_wal_senders=0 wal_level=logical max_replication_slots=1000 \
    max_logical_replication_workers=0 max_prepared_transactions=1000 logging_collector=off \
    log_destination=stderr external_pid_file= restart_after_crash=off fsync=off timezone=UTC lc_messages=C; do
    OPTIONS+=(-c "$option")
  done
  ((${1%%.*} < 12)) || OPTIONS+=(-c primary_conninfo= -c restore_command= -c recovery_end_command= -c jit=off)
}

answers() { ask template1 'SELECT 1'; }

# ask DATABASE STATEMENT...: what the owner of a database has set for it does not count (see
# postgresql.sh); of several statements each is answered, whatever became of those before.
ask() {
  local database=$1 statement
  local -a statements=()
  shift
  for statement; do
    statements+=(--command "$statement")
  done
  REPLY=$(as_owner env PGOPTIONS="-c search_path=${SEARCH_PATH:-pg_catalog} -c role=none -c client_min_messages=error" \
    PGCONNECT_TIMEOUT=5 psql --no-psqlrc --no-password --quiet --tuples-only --no-align --field-separator=$'\t' \
    --host="$WORK" --port=5433 --username="$DATABASE_USER" --dbname="$database" \
    --set=ON_ERROR_STOP=1 --set=VERBOSITY=terse "${statements[@]}" 2>&1 </dev/null)
}

request_stop() {
  local path
  # The server is process 1 of its namespace, and the child of the one that made it.
  while IFS= read -r path; do
    path=${path#/proc/}
    kill -INT "${path%/status}" 2>/dev/null
  done < <(set +f && grep -lsE "^PPid:[[:space:]]$SERVER_PID$" /proc/[0-9]*/status)
}

tell_time() {
  local database schema table column
  [[ $NEWEST_OF != none ]] || return 0
  IFS=. read -r database schema table column < <(printf '%s\n' "$NEWEST_OF")
  tell_newest "$database" "SELECT pg_catalog.to_char(pg_catalog.max(\"$column\")::timestamptz,
    'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM \"$schema\".\"$table\""
}

main "$@"
