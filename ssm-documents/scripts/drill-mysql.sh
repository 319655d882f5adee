#!/bin/bash
readonly DOCUMENT=drill-mysql
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
# include lib/bash.sh
# include lib/stamps.sh
# include lib/checks.sh
# include lib/mounts.sh
# include lib/drill.sh
# include lib/server.sh

find_programs() {
  PATH=$PATH:/usr/local/mysql/bin:/opt/mysql/bin:/usr/libexec
  SERVER_PROGRAM=$(type -P mariadbd) || SERVER_PROGRAM=$(type -P mysqld)
  CLIENT_PROGRAM=$(type -P mariadb) || CLIENT_PROGRAM=$(type -P mysql)
}

check_ready() {
  find_programs
  [[ -n $SERVER_PROGRAM ]] || problem "the program mariadbd or mysqld is missing"
  [[ -n $CLIENT_PROGRAM ]] || problem "the program mariadb or mysql is missing"
  check_options
}

validate() {
  local index size defaults=--no-defaults
  local -a log=()
  find_programs
  find_data ibdata1
  place_links
  SOCKET=$WORK/socket
  [[ $OPTION_FILE == none ]] || defaults=--defaults-file=$SCRIPTS/$OPTION_FILE
  # Transactions that were prepared with a binary log need it to recover.
  index=$(find "$DATA" -maxdepth 1 -name '*.index' ! -name '*relay*' -printf '%f\n' -quit 2>/dev/null)
  [[ -z $index || $index == *[!A-Za-z0-9._-]* ]] || log+=("--log-bin=${index%.index}")
  # One of another size would be written anew.
  size=$(stat -c %s -- "$DATA/ib_logfile0" 2>/dev/null) && log+=("--loose-innodb-log-file-size=$size")
  # Without grant tables no password is needed, and neither functions nor plugins that the restored
  # tables name are loaded. The last option of a kind counts: ours.
  start_server "$SERVER_PROGRAM" "$defaults" --datadir="$DATA" --socket="$SOCKET" --pid-file="$WORK/pid" \
    --skip-networking --loose-skip-ssl --skip-grant-tables --loose-mysqlx=OFF --loose-skip-slave-start \
    --loose-skip-replica-start --event-scheduler=OFF --server-id=1 --local-infile=0 \
    --loose-innodb-buffer-pool-load-at-startup=OFF --loose-innodb-buffer-pool-dump-at-shutdown=OFF \
    "${log[@]+"${log[@]}"}"
  ask '' 'SELECT VERSION()' || REPLY=MySQL
  tell started server "$REPLY"
  check_tables
  tell_counts
  tell_time
  run_query ''
}

# place_links: has links and .isl files lead to where the tables are now, by the owner's hand.
place_links() {
  local kind name target
  while IFS=$'\t' read -r -d '' kind name target; do
    if [[ $kind == f ]]; then
      target=$(head -c 4096 -- "$DATA/$name" | tr -d '\0\n')
    fi
    [[ $target == /* ]] || continue
    place_of "${target%/*}" "${target##*/}" || failed "$NOT_STARTED" "$name leads to $target: $CAUSE"
    if [[ $kind == f ]]; then
      # Whole or not at all: half of it would be taken for no file by the next validation.
      # shellcheck disable=SC2016 # that shell's parameters, not ours
      as_owner sh -c 'printf %s "$2" >"$1.new" && mv -f -- "$1.new" "$1"' sh "$DATA/$name" "$PLACE/${target##*/}"
    else
      as_owner ln -sfn -- "$PLACE/${target##*/}" "$DATA/$name"
    fi || failed "$NOT_STARTED" "$name cannot be made to lead to $PLACE"
  done < <(find "$DATA" -maxdepth 2 \( -type l -o -type f -name '*.isl' \) -printf '%y\t%P\t%l\0' 2>/dev/null)
}

answers() { ask '' 'SELECT 1'; }

# ask DATABASE STATEMENT: DATABASE may be empty.
ask() {
  REPLY=$(client ${1:+--database="$1"} --execute="$2" </dev/null)
}

client() {
  as_owner "$CLIENT_PROGRAM" --no-defaults --socket="$SOCKET" --user=root --batch --skip-column-names \
    --connect-timeout=5 --default-character-set=utf8mb4 --local-infile=0 --loose-skip-ssl "$@" 2>&1
}

request_stop() {
  ask '' SHUTDOWN || true
}

# check_tables: CHECK TABLE looks at indexes too; one session, in which an error is a line of its own.
check_tables() {
  local table kind type text count
  # Raw, since these are statements: batch mode alone would double each backslash of a name.
  REPLY=$(client --raw --execute="SELECT CONCAT('CHECK TABLE \`', REPLACE(TABLE_SCHEMA, '\`', '\`\`'), '\`.\`', REPLACE(TABLE_NAME, '\`', '\`\`'), '\`;',
    IF(TABLE_SCHEMA = 'mysql', '', CONCAT('SELECT ', QUOTE(CONCAT(TABLE_SCHEMA, '.', TABLE_NAME)), ', ''rows'', COUNT(*), 0 FROM \`',
    REPLACE(TABLE_SCHEMA, '\`', '\`\`'), '\`.\`', REPLACE(TABLE_NAME, '\`', '\`\`'), '\`;')))
    FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE'
    AND TABLE_SCHEMA NOT IN ('information_schema', 'performance_schema', 'sys')" </dev/null) ||
    failed "$NOT_SOUND" "the tables cannot be listed: ${REPLY##*$'\n'}"
  while IFS=$'\t' read -r table kind type text; do
    count=${type:-}
    case $kind/$type in
      rows/[0-9]*) COUNTS+=("${count//[!0-9]/} $table") ;;
      check/status) [[ $text == OK ]] || found_damage "$table: $text" ;;
      check/[Ee]rror | check/[Ww]arning) [[ $text == *"closed the table properly"* ]] || found_damage "$table: $text" ;;
      check/[Nn]ote | check/info) ;;
      *) [[ $table != ERROR* ]] || found_damage "$table $kind $type $text" ;; # else the statement that failed
    esac
  done < <(printf '%s\n' "$REPLY" | client --force)
}

tell_time() {
  local database table column
  [[ $NEWEST_OF != none ]] || return 0
  IFS=. read -r database table column < <(printf '%s\n' "$NEWEST_OF")
  tell_newest '' "SET time_zone = '+00:00'; SELECT DATE_FORMAT(MAX(\`$column\`), '%Y-%m-%dT%H:%i:%sZ')
    FROM \`$database\`.\`$table\`"
}

main "$@"
