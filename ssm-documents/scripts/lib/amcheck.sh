# shellcheck shell=bash
# Whether every table of PostgreSQL can be read, and its indexes agree with it.

check_databases() {
  local database
  local -a databases=()
  ask template1 "SELECT pg_catalog.translate(datname, E'\\t\\n', '??') FROM pg_catalog.pg_database
    WHERE datallowconn ORDER BY 1" || failed "$NOT_SOUND" "the databases cannot be listed: ${REPLY##*$'\n'}"
  mapfile -t databases < <(printf '%s\n' "$REPLY")
  for database in "${databases[@]}"; do
    check_database "$database"
  done
}

# check_database NAME: counts the rows of each table by the table and by an index, and has amcheck
# look, or reads every value where the drill instance's image has no amcheck. A table that lost its
# end reads well; its indexes know of more rows, and so does pg_class of its pages.
check_database() {
  local database=$1 kind object value schema=''
  local -A names=() heap=()
  if [[ $database == *[![:alnum:]_.\ -]* ]]; then
    found_damage "the database $database has a name that is not passed on: it was not checked"
    return
  fi
  if ask "$database" 'CREATE EXTENSION IF NOT EXISTS amcheck' "SELECT pg_catalog.quote_ident(nspname)
      FROM pg_catalog.pg_extension JOIN pg_catalog.pg_namespace n ON n.oid = extnamespace WHERE extname = 'amcheck'
      AND EXISTS (SELECT FROM pg_catalog.pg_proc WHERE proname = 'verify_heapam')"; then # since version 14
    schema=${REPLY##*$'\n'}
  fi
  while IFS=$'\t' read -r kind object value; do
    case $kind in
      table) names[$object]=$value ;;
      heap)
        heap[$object]=$value
        [[ ${names[$object]:-} =~ ^(pg_catalog|pg_toast|information_schema)\. ]] ||
          COUNTS+=("$value $database.${names[$object]:-$object}")
        ;;
      index)
        [[ $value == "${heap[$object]:-}" ]] ||
          found_damage "$database.${names[$object]:-$object} has ${heap[$object]:-no} rows, and an index of it $value"
        ;;
      short) found_damage "$database.${names[$object]:-$object} is shorter than it was: $value" ;;
      damage) found_damage "$database.${names[$object]:-$object}: $value" ;;
      read | '') ;;
      *) found_damage "$database: $kind $object $value" ;;
    esac
  done < <(tables_of "$schema")
}

# tables_of SCHEMA: prints KIND, OID and what is found of each, by one session; an error is a line of
# its own, and the next statement goes on.
tables_of() {
  local tables="FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm', 't') AND c.relpersistence = 'p'"
  local name="pg_catalog.translate(n.nspname || '.' || c.relname, E'\\t\\n', '??')"
  local from="pg_catalog.format(' FROM ONLY %I.%I t', n.nspname, c.relname)"
  local btrees="AND EXISTS (SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
    JOIN pg_catalog.pg_am a ON a.oid = x.relam WHERE i.indrelid = c.oid AND a.amname = 'btree'
    AND i.indisvalid AND i.indpred IS NULL)"
  {
    printf "SELECT 'table', c.oid, %s %s;\n" "$name" "$tables"
    # shellcheck disable=SC2028 # psql's own commands
    echo "SELECT 'short', c.oid, c.relpages || ' pages, now '
      || pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::int
      FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'm', 't', 'i') AND c.relpersistence = 'p'
      AND c.relpages > pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::int;"
    echo "SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off;"
    printf "SELECT pg_catalog.format('SELECT ''heap'', %%s, pg_catalog.count(*)', c.oid) || %s %s \\\\gexec\n" "$from" "$tables"
    if [[ -z $1 ]]; then
      printf "SELECT pg_catalog.format('SELECT ''read'', %%s, pg_catalog.sum(pg_catalog.length(t.*::text))', c.oid) || %s %s \\\\gexec\n" \
        "$from" "$tables AND c.relkind <> 't'"
    else
      printf "SELECT pg_catalog.format('SELECT ''damage'', %%s, msg FROM %s.verify_heapam(%%s) LIMIT 3', c.oid, c.oid) %s \\\\gexec\n" \
        "${1//\'/\'\'}" "$tables"
      printf "SELECT pg_catalog.format('SELECT ''read'', %%s FROM %s.bt_index_check(%%s, true)', c.oid, i.indexrelid) FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_am a ON a.oid = c.relam
        WHERE a.amname = 'btree' AND i.indisvalid AND c.relpersistence = 'p' \\\\gexec\n" "${1//\'/\'\'}"
    fi
    echo "SET enable_seqscan = off; SET enable_indexscan = on; SET enable_indexonlyscan = on;"
    printf "SELECT pg_catalog.format('SELECT ''index'', %%s, pg_catalog.count(*)', c.oid) || %s %s %s \\\\gexec\n" "$from" "$tables" "$btrees"
  } | as_owner env PGOPTIONS="-c search_path=pg_catalog -c role=none -c client_min_messages=error" \
    psql --no-psqlrc --no-password --quiet --tuples-only --no-align --field-separator=$'\t' \
    --set=VERBOSITY=terse --host="$WORK" --port=5433 --username="$DATABASE_USER" --dbname="$database" 2>&1
}
