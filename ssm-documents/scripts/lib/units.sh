# shellcheck shell=bash
# The systemd units that stop before their file systems are unmounted, and start again afterwards.
# Nothing is stopped or started but what was named: what systemd would stop or start along with it
# is a problem.
ACTIVE=()
CGROUPS=()
PLACES=()
STARTED=()
NEXT_START=0
declare -A SHOWN=()

# show_unit UNIT: fills SHOWN with its properties; a mount point stands for its unit. 1: no answer.
show_unit() {
  local line
  local -a lines=()
  SHOWN=()
  mapfile -t lines < <(exec timeout -k 1 10 systemctl show \
    --property=Id,LoadState,ActiveState,ControlGroup,MainPID,Where,RequiredBy,RequisiteOf,BoundBy,ConsistsOf,TriggeredBy \
    -- "$1" 2>/dev/null </dev/null 8<&- 9<&-)
  for line in "${lines[@]+"${lines[@]}"}"; do
    # In lists a name with a backslash is in quotes.
    line=${line//\"/} line=${line//\\\\/\\}
    [[ $line != [A-Z]*=* ]] || SHOWN[${line%%=*}]=${line#*=}
  done
  [[ -n ${SHOWN[Id]:-} ]]
}

# runs UNIT: whether it is neither stopped nor failed.
runs() {
  show_unit "$1" && [[ ${SHOWN[ActiveState]:-} != inactive && ${SHOWN[ActiveState]:-} != failed ]]
}

# check_units NAMES: fills ACTIVE with those that run, in the order of stopping.
check_units() {
  local unit
  local -a names=()
  NAMED=' ' ACTIVE=() CGROUPS=() PLACES=()
  [[ $1 != none ]] || return 0
  IFS=, read -r -a names < <(printf '%s\n' "$1")
  for unit in "${names[@]}"; do
    if ! show_unit "$unit"; then
      problem "systemd does not say anything of the unit $unit"
      return
    fi
    NAMED+="${SHOWN[Id]} "
    if [[ ${SHOWN[LoadState]:-} != loaded ]]; then
      problem "the unit $unit cannot be used: it is ${SHOWN[LoadState]:-unknown} to systemd"
    elif [[ ! ${SHOWN[Id]} =~ \.(service|socket|timer|path|mount|automount)$ ]]; then
      problem "the unit $unit is ${SHOWN[Id]}, expected a service, socket, timer, path or mount"
    elif in_group "$$" "${SHOWN[ControlGroup]:-}"; then
      problem "the unit $unit runs this script"
    else
      case ${SHOWN[ActiveState]:-} in
        active | reloading)
          ACTIVE+=("${SHOWN[Id]}")
          CGROUPS+=("${SHOWN[ControlGroup]:-}" "${SHOWN[MainPID]:-0}")
          PLACES+=("${SHOWN[Where]:-/}")
          ;;
        inactive | failed) ;; # it is left as it is
        *) problem "the unit $unit is ${SHOWN[ActiveState]:-unknown}, neither running nor stopped" ;;
      esac
    fi
  done
  for unit in "${ACTIVE[@]+"${ACTIVE[@]}"}"; do
    check_others "$unit"
  done
}

# check_others UNIT: names what stops with it or would start it again, and was not named.
check_others() {
  show_unit "$1"
  unnamed "would stop with $1" "${SHOWN[RequiredBy]:-} ${SHOWN[RequisiteOf]:-} ${SHOWN[BoundBy]:-} ${SHOWN[ConsistsOf]:-}" \
    "may start $1 again" "${SHOWN[TriggeredBy]:-}"
}

# unnamed WHAT UNITS...: names those of them that run.
unnamed() {
  local other
  while (($# > 1)); do
    for other in $2; do
      [[ $NAMED == *" $other "* ]] || ! runs "$other" || problem "$other $1: name it in units, before"
    done
    shift 2
  done
}

# in_group PID GROUP: whether it runs in that control group or below.
in_group() {
  local line
  [[ -n $2 && $2 != / ]] || return 1
  while IFS= read -r line; do
    line=${line#*:*:}
    [[ $line != "$2" && $line != "$2"/* ]] || return 0
  done 2>/dev/null <"/proc/$1/cgroup"
  return 1
}

# of_units PID: whether it ends with one of the units.
of_units() {
  local i
  for ((i = 0; i < ${#CGROUPS[@]}; i += 2)); do
    [[ $1 != "${CGROUPS[i + 1]}" ]] && ! in_group "$1" "${CGROUPS[i]}" || return 0
  done
  return 1
}

# Stops them in order. On the first that fails sets CAUSE and stops.
stop_units() {
  local unit
  for unit in "${ACTIVE[@]+"${ACTIVE[@]}"}"; do
    if ! time_left; then
      CAUSE="the timer would have run out before $unit was stopped"
      return 1
    fi
    timeout -k 1 "$SECONDS_LEFT" systemctl stop -- "$unit" </dev/null >/dev/null 2>&1 9<&-
    if runs "$unit" || [[ -z ${SHOWN[Id]:-} ]]; then
      CAUSE="$unit does not stop: it is ${SHOWN[ActiveState]:-unknown to systemd}"
      return 1
    fi
    stamp unit-stopped unit "$unit"
  done
}

# Starts them in reverse order, past every error; one that runs is left alone. Adds to FAILED, and
# sets NOT_BACK. What does not start is tried again after ten seconds.
start_units() {
  local i unit error
  ((${#ACTIVE[@]} > 0)) || return 0
  # A guest that shuts down starts nothing, and asks systemd in vain.
  [[ $(timeout -k 1 5 systemctl is-system-running 2>/dev/null </dev/null 9<&-) != stopping ]] || return 0
  uptime_now
  for ((i = ${#ACTIVE[@]} - 1; i >= 0; i--)); do
    [[ -z ${STARTED[i]:-} ]] || continue
    unit=${ACTIVE[i]}
    if ((UPTIME < NEXT_START)); then
      FAILED=$((FAILED + 1))
      continue
    fi
    error=$(timeout -k 1 60 systemctl start -- "$unit" 2>&1 </dev/null 9<&-)
    if runs "$unit"; then
      STARTED[i]=yes
      stamp unit-started unit "$unit" state "${SHOWN[ActiveState]}"
    else
      FAILED=$((FAILED + 1))
      NOT_BACK="$unit does not start: ${error%%$'\n'*}"
      stamp thaw-failed unit "$unit" cause "${error:-it ended at once}"
    fi
  done
  ((FAILED == 0)) || ((UPTIME < NEXT_START)) || NEXT_START=$((UPTIME + 1000))
}
