// Which days can be restored from: a line per instance, a column per day.

const MAX_LINES = 40;
const MIN_LINES = 10;

/** Of a line for each of a thousand instances nobody would read; the filter finds any of them. */
const MAX_CELLS = 800;

const WORTH_ORDER = ['APPLICATION', 'CRASH', 'UNKNOWN', 'NONE'];

const setsOf = groupBy(report.sets, (set) => set.instance);

const inZone = new Intl.DateTimeFormat('en', { timeZone: report.zone, year: 'numeric', month: 'numeric', day: 'numeric' });

/** What the filter can't change is made once: the days, and each line when it is first shown. */
const calendar = { days: daysOf(report.sets), instances: [...setsOf.keys()].sort(), lines: new Map(), body: null };

function worthOf(set) {
  return set.consistency ?? 'NONE';
}

/** Midnight in UTC of the day that it is in the zone of the report: a number that names the day. */
function dayOf(at) {
  const parts = Object.fromEntries(inZone.formatToParts(at).map((part) => [part.type, Number(part.value)]));
  return Date.UTC(parts.year, parts.month - 1, parts.day);
}

function daysOf(sets) {
  if (sets.length === 0) {
    return [];
  }
  const first = dayOf(sets.reduce((least, set) => Math.min(least, set.pointInTime), Infinity));
  const last = dayOf(sets.reduce((most, set) => Math.max(most, set.pointInTime), -Infinity));
  return Array.from({ length: (last - first) / DAY + 1 }, (_, index) => first + index * DAY);
}

function showCalendar() {
  byId('calendar').hidden = report.sets.length === 0;
  if (report.sets.length === 0) {
    return;
  }
  const first = calendar.body === null;
  if (first) {
    drawCalendar();
  }
  const listed = new Set(list.backups.map((backup) => backup.instance));
  const known = new Set(chosen.run?.backups.map((backup) => backup.instance) ?? []);
  const instances = calendar.instances.filter((instance) => listed.has(instance) || !known.has(instance));
  const most = Math.max(MIN_LINES, Math.min(MAX_LINES, Math.floor(MAX_CELLS / calendar.days.length)));
  calendar.body.replaceChildren(...instances.slice(0, most).map(lineOf));
  if (first) {
    // The newest days are what a reader looks for.
    calendar.body.closest('.scroll').scrollLeft = Number.MAX_SAFE_INTEGER;
  }
  const more = instances.length - most;
  byId('calendar-more').textContent = more > 0 ? `${counted(more, 'more instance')}: the filter above brings them here.` : '';
}

function drawCalendar() {
  const gone = report.sets.filter((set) => set.endedAt !== undefined).length;
  const heads = calendar.days.map((at, index) => element('th', { scope: 'col', class: 'day' },
    element('span', { class: 'unseen' }, day(at)),
    element('span', { 'aria-hidden': 'true' }, new Date(at).getUTCDate() === 1 || index === 0 ? day(at).slice(5) : day(at).slice(8))));
  calendar.body = element('tbody');
  const scroll = element('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Calendar of sets, scrolls' },
    element('table', { class: 'calendar' },
      element('caption', { class: 'unseen' }, 'Sets by instance and day'),
      element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'Instance'), ...heads)),
      calendar.body));
  byId('calendar-body').replaceChildren(
    element('p', {}, `${counted(report.sets.length - gone, 'set')} there on ${day(dayOf(report.asOf))}, ${gone.toLocaleString('en')} gone. `
      + `A letter is the best set of the day that is there: A application, C crash, U unknown, ? not judged. \u00d7 was there and went. Days are in ${report.zone}.`),
    scroll,
    element('p', { id: 'calendar-more', class: 'hint' }));
}

function lineOf(instance) {
  if (!calendar.lines.has(instance)) {
    const sets = groupBy(setsOf.get(instance), (set) => dayOf(set.pointInTime));
    calendar.lines.set(instance, element('tr', {},
      element('th', { scope: 'row' }, chooser(instance)), ...calendar.days.map((at) => cell(sets.get(at) ?? []))));
  }
  return calendar.lines.get(instance);
}

function cell(sets) {
  if (sets.length === 0) {
    return element('td', { class: 'day none' }, '\u00b7');
  }
  const there = sets.filter((set) => set.endedAt === undefined)
    .sort((one, other) => WORTH_ORDER.indexOf(worthOf(one)) - WORTH_ORDER.indexOf(worthOf(other)));
  const shown = there[0] ?? sets[0];
  const gone = there.length === 0;
  const letter = gone ? '\u00d7' : worthOf(shown) === 'NONE' ? '?' : worthOf(shown)[0];
  return element('td', { class: 'day', title: `${instant(shown.pointInTime, 0)}, ${gone ? 'went' : 'there'}: ${shown.why}` },
    element('span', {
      class: `set ${gone ? 'gone' : worthOf(shown).toLowerCase()}`, role: 'img', 'aria-label': gone ? 'gone' : VERDICTS[worthOf(shown)].word,
    }, letter));
}
