// Which days can be restored from: a line per instance, a column per day.

const MOST_LINES = 40;

const WORTH_ORDER = ['APPLICATION', 'CRASH', 'UNKNOWN', 'NONE'];

function worthOf(set) {
  return set.consistency ?? 'NONE';
}

function showCalendar() {
  byId('calendar').hidden = report.sets.length === 0;
  if (report.sets.length === 0) {
    return;
  }
  const there = report.sets.filter((set) => set.endedAt === undefined);
  const days = daysOf(report.sets);
  const listed = new Set(list.backups.map((backup) => backup.instance));
  const known = new Set(chosen.run?.backups.map((backup) => backup.instance) ?? []);
  const instances = [...new Set(report.sets.map((set) => set.instance))]
    .filter((instance) => listed.has(instance) || !known.has(instance)).sort();
  byId('calendar-body').replaceChildren(
    element('p', {}, `${counted(there.length, 'set')} there on ${day(report.asOf)}, ${report.sets.length - there.length} gone. `
      + 'A letter is the best set of the day that is there: A application, C crash, U unknown, ? not judged. \u00d7 was there and went. Days are in UTC.'),
    grid(instances.slice(0, MOST_LINES), days),
    ...(instances.length > MOST_LINES
      ? [element('p', { class: 'hint' }, `${instances.length - MOST_LINES} more instances: filter above to see theirs.`)] : []));
}

function daysOf(sets) {
  const first = Math.floor(Math.min(...sets.map((set) => set.pointInTime)) / DAY);
  const last = Math.floor(Math.max(...sets.map((set) => set.pointInTime)) / DAY);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * DAY);
}

function grid(instances, days) {
  const sets = new Map();
  report.sets.forEach((set) => {
    const key = `${set.instance}\n${Math.floor(set.pointInTime / DAY)}`;
    sets.set(key, [...(sets.get(key) ?? []), set]);
  });
  const heads = days.map((at) => element('th', { scope: 'col', class: 'day' },
    element('span', { class: 'unseen' }, day(at)),
    element('span', { 'aria-hidden': 'true' }, new Date(at).getUTCDate() === 1 || at === days[0] ? day(at).slice(5) : day(at).slice(8))));
  const lines = instances.map((instance) => element('tr', {},
    element('th', { scope: 'row' }, chooser(instance)),
    ...days.map((at) => cell(sets.get(`${instance}\n${at / DAY}`) ?? []))));
  return element('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Calendar of sets, scrolls' },
    element('table', { class: 'calendar' },
      element('caption', { class: 'unseen' }, 'Sets by instance and day'),
      element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'Instance'), ...heads)),
      element('tbody', {}, ...lines)));
}

function cell(sets) {
  if (sets.length === 0) {
    return element('td', { class: 'day' }, element('span', { class: 'none', 'aria-hidden': 'true' }, '\u00b7'));
  }
  const there = sets.filter((set) => set.endedAt === undefined)
    .sort((one, other) => WORTH_ORDER.indexOf(worthOf(one)) - WORTH_ORDER.indexOf(worthOf(other)));
  const shown = there[0] ?? sets[0];
  const gone = there.length === 0;
  const letter = gone ? '\u00d7' : worthOf(shown) === 'NONE' ? '?' : worthOf(shown)[0];
  return element('td', { class: 'day', title: `${instant(shown.pointInTime, 0)}, ${gone ? 'went' : 'there'}: ${shown.why}` },
    element('span', { class: `set ${gone ? 'gone' : worthOf(shown).toLowerCase()}` }, letter,
      element('span', { class: 'unseen' }, gone ? ' gone' : ` ${VERDICTS[worthOf(shown)].word}`)));
}
