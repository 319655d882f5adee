#!/bin/bash
readonly DOCUMENT=drill-filesystem
readonly EXECUTION_ID='{{ executionId }}'
readonly COMMAND='{{ command }}'
readonly MEMBERS='{{ members }}'
readonly TIMEOUT_SECONDS='{{ timeoutSeconds }}'
readonly SPREAD_SECONDS='{{ spreadSeconds }}'
readonly SCRIPT='{{ script }}'
# include lib/bash.sh
# include lib/stamps.sh
# include lib/checks.sh
# include lib/mounts.sh
# include lib/drill.sh

check_ready() { :; }

validate() {
  local time
  [[ -z ${NEWEST:-} ]] || printf -v time '%(%Y-%m-%dT%H:%M:%SZ)T' "$NEWEST"
  [[ -z ${NEWEST:-} ]] || stamp newest of file time "$time"
}

conclude() { :; }

stop_server() { :; }

main "$@"
