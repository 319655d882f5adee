# shellcheck shell=bash
# A database session that lives from the pre-script to the post-script, in a process of its own
# that ends itself. A document adds four functions:
#   session_client    replaces itself by the client, which reads statements and answers each
#   session_begin     prints the statements that take the lock
#   session_end       prints those that give it back
#   session_question  prints one that answers with the word given to it
#
# Its files beside the others of a run: session (the process), session.client, session.held and
# session.released (renamed from spare ones, which a full /run allows), session.failed (the
# client's complaint), session.lock (locked while either process lives).

# hold_session SECONDS: on failure sets CAUSE.
hold_session() {
  local limit
  if ! launch freezeframe-session "$STATE/session"; then
    CAUSE="the process that keeps the lock cannot be started"
    return 1
  fi
  uptime_now
  limit=$((UPTIME + $1 * 100 + 100))
  while [[ ! -e $STATE/session.held ]]; do
    if ! alive "$STATE/session"; then
      CAUSE="the lock was refused"
      { IFS= read -r CAUSE <"$STATE/session.failed"; } 2>/dev/null
      return 1
    fi
    uptime_now
    if ((UPTIME > limit)); then
      CAUSE="the lock was not to be had within $1 s"
      return 1
    fi
    sleep 0.05
  done
}

# Ends the session, whatever state it is in; 1 when the lock had been lost before.
let_go_session() {
  local tries
  [[ -e $STATE/session.lock ]] || return 0
  { exec 6<"$STATE/session.lock"; } 2>/dev/null || return 0
  for ((tries = 0; tries < 160; tries++)); do
    flock -n 6 && break
    ((tries != 0)) || ! alive "$STATE/session" || kill -TERM "$PROCESS" 2>/dev/null
    if ((tries > 140)); then
      ! alive "$STATE/session" || kill -KILL "$PROCESS" 2>/dev/null
      ! alive "$STATE/session.client" || kill -KILL "$PROCESS" 2>/dev/null
    fi
    sleep 0.05
  done
  exec 6<&-
  if [[ -e $STATE/session.held && ! -e $STATE/session.released ]]; then
    CAUSE="the lock was lost before the thaw"
    return 1
  fi
}

# Whether the run still wants the session.
session_wanted() {
  uptime_now
  [[ -z $ENDING && -e $STATE/thaw.lock && ! -e $STATE/word ]] && ((UPTIME < SESSION_DEADLINE))
}

# The session's process.
session() {
  local answer='' client complaint=''
  ENDING=
  trap 'ENDING=yes' TERM
  trap '' HUP INT
  close_inherited
  { echo -1000 >/proc/$$/oom_score_adj; } 2>/dev/null
  read -r SESSION_DEADLINE <"$STATE/deadline" || exit 1
  { exec 6>>"$STATE/session.lock"; } 2>/dev/null && flock -n 6 || exit 1
  : >"$STATE/session.spare"
  : >"$STATE/session.word"
  write_self "$STATE/session" || exit 1
  coproc CLIENT { session_client 2>&1; }
  client=${CLIENT_PID:-}
  if [[ -z $client ]] || ! process_start "$client"; then
    printf 'the client cannot be started\n' >"$STATE/session.failed"
    exit 1
  fi
  printf '%s %s\n' "$client" "$START" >"$STATE/session.client"
  exec 4<&"${CLIENT[0]}" 5>&"${CLIENT[1]}"
  eval "exec ${CLIENT[0]}<&- ${CLIENT[1]}>&-"
  {
    session_begin
    session_question freezeframe-held
  } >&5 2>/dev/null
  if ! session_answer freezeframe-held; then
    printf '%s\n' "${complaint:-the client ended}" >"$STATE/session.failed"
    session_stop
    exit 1
  fi
  mv -T "$STATE/session.spare" "$STATE/session.held"
  while session_wanted; do
    IFS= read -r -t 0.05 -u 4 answer || (($? > 128)) || break
  done
  {
    session_end
    session_question freezeframe-released
  } >&5 2>/dev/null
  if session_answer freezeframe-released; then
    # The answer came in the session that took the lock, so it was held all the time.
    mv -T "$STATE/session.word" "$STATE/session.released"
  fi
  session_stop
  exit 0
}

# session_answer WORD: reads until that word comes; keeps the last other line as a complaint.
session_answer() {
  local line part='' status tries
  for ((tries = 0; tries < 300; tries++)); do
    line=
    IFS= read -r -t 0.2 -u 4 line
    status=$?
    line=$part$line part=
    ((status <= 128)) || part=$line # the time was up in the middle of a line
    [[ $line != "$1" ]] || return 0
    [[ -z $line ]] || complaint=$line
    ((status == 0 || status > 128)) || return 1
    if [[ $1 == *held ]]; then
      session_wanted || return 1
    elif ((tries > 30)); then
      return 1 # six seconds: a server whose disk was frozen has much to write first
    fi
  done
  return 1
}

session_stop() {
  exec 5>&-
  kill -TERM "$client" 2>/dev/null
  exec 4<&-
}
