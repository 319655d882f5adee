// The run at a glance: how it ended, in numbers, and what needs somebody.

const MAX_NAMED = 12;

function countBy(values) {
  const counts = new Map();
  values.forEach((value) => counts.set(value, (counts.get(value) ?? 0) + 1));
  return counts;
}

function tile(term, value, kind, remark) {
  return element('div', { class: `tile ${kind}` },
    element('dt', {}, term),
    element('dd', {}, element('span', { class: 'figure' }, value), remark === undefined ? undefined : element('span', { class: 'remark' }, remark)));
}

function showSummary() {
  const backups = chosen.run?.backups ?? [];
  const ends = countBy(backups.map((backup) => backup.status));
  const worths = countBy(backups.map(verdictOf));
  const frozen = backups.filter((backup) => backup.frozen > 0);
  const longest = frozen.reduce((most, backup) => Math.max(most, backup.frozen), 0);
  const members = backups.flatMap((backup) => backup.snapshots);
  byId('of-run').textContent = ofRun();
  byId('tiles').replaceChildren(
    tile('Failed', ends.get('FAILED') ?? 0, ends.get('FAILED') ? 'bad' : ''),
    tile('Succeeded', ends.get('SUCCEEDED') ?? 0, ''),
    tile('Skipped', ends.get('SKIPPED') ?? 0, ''),
    tile('Application-consistent', worths.get('APPLICATION') ?? 0, '', restsOn(backups)),
    tile('Crash-consistent', worths.get('CRASH') ?? 0, ''),
    tile('Unknown', worths.get('UNKNOWN') ?? 0, worths.get('UNKNOWN') ? 'doubt' : ''),
    tile('Longest freeze', frozen.length ? duration(longest) : 'none', 'ice',
      frozen.length ? `of ${counted(frozen.length, 'freeze')}` : undefined),
    tile('Snapshots', members.length, '',
      `${members.filter((member) => member.state === 'completed').length} completed`));
  byId('notes').replaceChildren(...report.notes.map((note) => element('li', {}, note)));
  byId('attention').replaceChildren(...attention(backups));
}

/** How many of the application-consistent are proved, and how many rest on exit codes alone. */
function restsOn(backups) {
  const claimed = backups.filter((backup) => backup.proof === 'CLAIMED').length;
  return claimed === 0 ? 'proved' : `${claimed} only claimed`;
}

/** Which run the figures are of. */
function ofRun() {
  if (!chosen.run) {
    return '';
  }
  return `The run of ${instant(chosen.run.scheduledAt, 0)}${report.runs.length > 1 ? `, one of ${report.runs.length}` : ''}:`;
}

/** Of all that the page shows, whichever run is chosen. */
function showJudgement() {
  const { level, sentence } = report.judgement;
  byId('verdict').textContent = `${LEVELS[level]} ${sentence}`;
  byId('verdict').className = `verdict ${level.toLowerCase()}`;
  byId('troubles').replaceChildren(
    ...report.doubts.map((doubt) => element('li', {}, element('code', {}, idAndName(doubt.instance)), ` may still be frozen: ${doubt.why}`)),
    ...report.troubles.map((trouble) => element('li', {}, trouble)));
}

function attention(backups) {
  const needing = backups
    .filter((backup) => urgency(backup) < urgency({ status: 'SUCCEEDED', consistency: 'CRASH' }))
    .sort((one, other) => urgency(one) - urgency(other));
  if (needing.length === 0) {
    return [];
  }
  const more = needing.length - MAX_NAMED;
  return [
    element('h3', {}, needing.every((backup) => backup.status === 'SKIPPED') ? 'What was skipped, and why' : 'What needs a look'),
    element('ul', { class: 'needing' }, ...needing.slice(0, MAX_NAMED).map((backup) => element('li', {},
      chooser(backup.instance), statusBadge(backup), verdictBadge(backup.consistency, backup.proof), element('span', { class: 'why' }, backup.reason)))),
    ...(more > 0 ? [element('p', { class: 'hint' }, `And ${more} more, first in the list below.`)] : []),
  ];
}

function labelOf(instance) {
  const name = nameOf(instance);
  return name ? [instance, ' ', element('span', { class: 'tag' }, name)] : [instance];
}

/** A button that shows the details of an instance. */
function chooser(instance) {
  const button = element('button', { type: 'button', class: 'link' }, ...labelOf(instance));
  button.addEventListener('click', () => choose(instance, true));
  return button;
}
