# shellcheck shell=bash
# What programs read: one line an event, `FREEZEFRAME event=... at=... key=value ...`.

# DLM's exit codes. Not every document has a use for all.
# shellcheck disable=SC2034
readonly PRE_FAILED=201 POST_FAILED=202 AUTO_THAWED=203 POST_EXPECTED=204 PRE_EXPECTED=205 \
  NOT_READY=206

# Sets NOW, in UTC with milliseconds; without a process of its own where bash can.
now() {
  local micros
  if [[ -n ${EPOCHREALTIME:-} ]]; then
    micros=${EPOCHREALTIME//[!0-9]/}
    printf -v NOW '%(%Y-%m-%dT%H:%M:%S)T.%03dZ' "${micros:0:${#micros}-6}" \
      "$((10#${micros:${#micros}-6:3}))"
  else
    NOW=$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)
  fi
}

# Sets UPTIME in hundredths of a second: a clock that nobody can set.
uptime_now() {
  read -r UPTIME _ </proc/uptime
  UPTIME=$((10#${UPTIME//./}))
}

# Sets QUOTED: the value as it stands, or in double quotes with \" and \\ where it has to be.
quote() {
  QUOTED=${1//[[:cntrl:]]/?}
  if [[ ! $QUOTED =~ ^[A-Za-z0-9._:/@+%,-]+$ ]]; then
    QUOTED=${QUOTED//\\/\\\\}
    QUOTED=\"${QUOTED//\"/\\\"}\"
  fi
}

# stamp_at INSTANT EVENT [KEY VALUE]...
stamp_at() {
  local line="FREEZEFRAME event=$2 at=$1 execution=$EXECUTION_ID document=$DOCUMENT" QUOTED
  shift 2
  while (($# > 1)); do
    quote "$2"
    line+=" $1=$QUOTED"
    shift 2
  done
  printf '%s\n' "$line" 2>/dev/null || true
}

# stamp EVENT [KEY VALUE]...
stamp() {
  now
  stamp_at "$NOW" "$@"
}

# refuse CODE CAUSE: nothing was touched.
refuse() {
  stamp refused code "$1" cause "$2"
  exit "$1"
}

# fail CODE CAUSE: something was, and has been undone as far as the lines above say.
fail() {
  stamp failed code "$1" cause "$2"
  exit "$1"
}

PROBLEMS=()
# problem WHAT: a reason not to begin; all are collected, so that one dry run finds them all.
problem() {
  PROBLEMS+=("$1")
  stamp problem cause "$1"
}

refuse_on_problems() {
  ((${#PROBLEMS[@]} == 0)) || refuse "$NOT_READY" "${PROBLEMS[0]}"
}
