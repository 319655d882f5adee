// The way that the chosen backup took through the state machine.

function showWay() {
  const backup = backupOf(chosen.instance);
  const states = backup?.states ?? [];
  const entered = countBy(states.map((state) => state.state));
  const ways = countBy(states.slice(1).map((state, index) => `${states[index].state}\n${state.state}`));
  document.querySelectorAll('.workflow [data-state]').forEach((state) => {
    state.classList.toggle('taken', entered.has(state.dataset.state));
  });
  const taken = [];
  document.querySelectorAll('.workflow [data-from]').forEach((way) => {
    const times = ways.get(`${way.dataset.from}\n${way.dataset.to}`) ?? 0;
    way.classList.toggle('taken', times > 0);
    if (times > 0) {
      taken.push(way);
    }
  });
  // What was taken is drawn over what was not, and under the states.
  const firstState = document.querySelector('.workflow [data-state]');
  taken.forEach((way) => way.parentNode.insertBefore(way, firstState));
  document.querySelector('.workflow').classList.toggle('chosen', states.length > 0);
  byId('machine-words').textContent = wayWords(backup, states);
}

function wayWords(backup, states) {
  if (!backup) {
    return 'Choose an instance to see the way that its backup took.';
  }
  if (states.length === 0) {
    return `Which states ${backup.instance} went through is not known here; the Step Functions console shows it.`;
  }
  return `${backup.instance} entered ${counted(states.length, 'state')}, the last was "${states[states.length - 1].state}". The details list them in order.`;
}
