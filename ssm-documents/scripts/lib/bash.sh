# shellcheck shell=bash
# The agent runs a step with sh; what follows wants bash 4.2 or later, and the same dependencies
# wherever it runs: in the agent, in the timer, by hand.
if [ -z "${BASH_VERSION:-}" ]; then
  if ! command -v bash >/dev/null 2>&1; then
    echo "FREEZEFRAME event=refused at=$(date -u +%Y-%m-%dT%H:%M:%S).000Z" \
      "execution=$EXECUTION_ID document=$DOCUMENT code=206 cause=\"bash is missing\""
    exit 206
  fi
  exec bash "$0" "$@"
fi
set +o posix
set -u
set -f # no file name is ever meant as a pattern, except where a function says so
umask 077
unset BASH_ENV ENV CDPATH
IFS=$' \t\n'
SELF=$0
[[ $SELF == /* ]] || SELF=$PWD/$SELF
readonly SELF
PATH="${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
HOME=~root
LC_ALL=C
TZ=UTC0
export PATH HOME LC_ALL TZ
trap '' PIPE # an agent that died must not stop a thaw at its next line of output
cd / || exit 206
