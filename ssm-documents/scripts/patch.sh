#!/bin/bash
readonly DOCUMENT=patch
readonly EXECUTION_ID='{{ executionId }}'
readonly COMMAND='{{ command }}'
readonly STAGE='{{ stage }}'
readonly MANAGER='{{ manager }}'
readonly SECURITY_ONLY='{{ securityOnly }}'
# include lib/bash.sh
# include lib/stamps.sh
# include lib/checks.sh

find_manager() {
  local name
  for name in apt dnf yum zypper; do
    TOOL=$name
    [[ $name != apt ]] || TOOL=apt-get
    [[ $MANAGER == "$name" || $MANAGER == auto ]] && type -P "$TOOL" >/dev/null && return 0
  done
  TOOL=
  return 1
}

check_everything() {
  local audit
  need_root
  need_tools setsid mktemp
  if ! find_manager; then
    problem "no package manager: looked for $MANAGER of apt, dnf, yum and zypper"
  elif [[ $TOOL == apt-get ]]; then
    need_tools dpkg
    audit=$(dpkg --audit 2>&1)
    [[ -z $audit ]] || problem "dpkg was interrupted: ${audit%%$'\n'*}"
    [[ $SECURITY_ONLY == false ]] || problem "apt has no notion of security-only; use unattended-upgrades"
  fi
  refuse_on_problems
}

# run PROGRAM...: in a session of its own, its output in a file without a name. A package manager
# that is killed half-way, or cannot write, leaves the guest worse than any snapshot can help: it
# outlives the agent's time-out.
run() {
  local name output status
  name=$(mktemp /run/freezeframe-patch.XXXXXX) || return 1
  exec {output}<>"$name"
  rm -f "$name"
  setsid --wait "$@" </dev/null >&"$output" 2>&1
  status=$?
  cat "/proc/$$/fd/$output"
  exec {output}<&-
  return "$status"
}

update_packages() {
  export DEBIAN_FRONTEND=noninteractive
  case $TOOL in
    apt-get)
      run apt-get -q -o DPkg::Lock::Timeout=60 update &&
        run apt-get -q -y -o DPkg::Lock::Timeout=60 -o Dpkg::Options::=--force-confdef \
          -o Dpkg::Options::=--force-confold upgrade
      ;;
    dnf | yum)
      if [[ $SECURITY_ONLY == true ]]; then
        run "$TOOL" -y --security update
      else
        run "$TOOL" -y update
      fi
      ;;
    zypper)
      if [[ $SECURITY_ONLY == true ]]; then
        run zypper --non-interactive patch --category security
      else
        run zypper --non-interactive update
      fi
      # 102: a reboot is wanted, 103: zypper itself was updated.
      case $? in 0 | 102) return 0 ;; 103) update_packages ;; *) return 1 ;; esac
      ;;
  esac
}

# patch FAILURE: with that exit code when it fails.
patch() {
  check_everything
  stamp patching manager "$TOOL"
  update_packages || fail "$1" "$TOOL failed; its output stands above"
  stamp patched manager "$TOOL"
}

case $COMMAND in
  dry-run)
    check_everything
    stamp dry-run-ok manager "$TOOL"
    ;;
  pre-script)
    if [[ $STAGE == pre ]]; then patch "$PRE_FAILED"; else stamp nothing-held; fi
    ;;
  post-script)
    if [[ $STAGE == post ]]; then patch "$POST_FAILED"; else stamp nothing-held; fi
    ;;
esac
