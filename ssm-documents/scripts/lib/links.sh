# shellcheck shell=bash
# Where a data directory leads to. Its owner, the database's user, can put anything into it at any
# time: a link to a file of root's, a pipe that never ends. So it is read with that user's rights
# alone and for a bounded time, and counts only where that user owns what it leads to: a link can
# have no file system frozen on which its owner has nothing.

# links_below DIRECTORY DEPTH: sets LINKS to the file systems (major:minor) that links and .isl files
# down to that depth lead to; on failure sets CAUSE.
links_below() {
  local directory=$1 depth=$2 uid gid path found
  local -a as=()
  LINKS=()
  if [[ $directory != /* ]] || ! read -r uid gid < <(stat -c '%u %g' -- "$directory/." 2>/dev/null); then
    CAUSE="$directory is not a directory"
    return 1
  fi
  if ((uid != 0)); then
    need_tools setpriv
    as=(setpriv "--reuid=$uid" "--regid=$gid" --clear-groups --)
  fi
  # Directories of others are not entered. The full stop at the end says that all of it was read.
  # shellcheck disable=SC2016 # that shell's parameters, not ours
  found=$(
    timeout -k 1 10 "${as[@]+"${as[@]}"}" sh -c '
      cd -- "$1" || exit 1
      find . -mindepth 1 -maxdepth "$2" ! -uid "$3" -prune -o \
        -type l -exec readlink -f -- {} \; -o \
        -type f -name "*.isl" -exec sh -c "head -n 1 -- \"\$1\" | head -c 4096; echo" sh {} \;
      echo .' sh "$directory/." "$depth" "$uid" 2>/dev/null </dev/null 8<&- 9<&- | head -c 1000000
  )
  if [[ $found != *. ]]; then
    CAUSE="$directory cannot be searched for links"
    return 1
  fi
  while IFS= read -r path; do
    [[ $path == /* && $path != *[[:cntrl:]]* ]] || continue
    # Owner and file system at one look: by a second one the path may lead elsewhere.
    if device_of "$path" && [[ $OWNER == "$uid" ]]; then
      LINKS+=("$DEVICE")
    fi
  done < <(printf '%s\n' "$found")
}
