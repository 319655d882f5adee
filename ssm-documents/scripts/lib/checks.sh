# shellcheck shell=bash
# What every document needs before it begins. Checking changes nothing.

need_root() {
  ((EUID == 0)) || problem "the script runs as user $EUID and needs root"
}

need_bash() {
  ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 402)) ||
    problem "bash $BASH_VERSION is older than 4.2"
}

# need_tools TOOL...
need_tools() {
  local tool path
  for tool; do
    path=$(type -P "$tool")
    [[ -x $path ]] || problem "the program $tool is missing"
  done
}
