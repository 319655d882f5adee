// The run at a glance: how it ended, in numbers, and what needs somebody.

const MOST_NAMED = 12;

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
  const failed = (ends.get('FAILED') ?? 0) + (ends.get('RUNNING') ?? 0);
  byId('verdict').replaceChildren(sentence(backups, failed));
  byId('verdict').className = `verdict ${failed + report.stillFrozen.length > 0 ? 'bad' : 'good'}`;
  byId('tiles').replaceChildren(
    tile('Failed', ends.get('FAILED') ?? 0, ends.get('FAILED') ? 'bad' : ''),
    tile('Succeeded', ends.get('SUCCEEDED') ?? 0, ''),
    tile('Skipped', ends.get('SKIPPED') ?? 0, ''),
    tile('Application-consistent', worths.get('APPLICATION') ?? 0, '', 'proved'),
    tile('Crash-consistent', worths.get('CRASH') ?? 0, ''),
    tile('Unknown', worths.get('UNKNOWN') ?? 0, worths.get('UNKNOWN') ? 'doubt' : ''),
    tile('Longest freeze', frozen.length ? duration(longest) : 'none', 'ice',
      frozen.length ? `${counted(frozen.length, 'guest')} frozen` : undefined),
    tile('Snapshots', members.length, '',
      `${members.filter((member) => member.state === 'completed').length} completed`));
  byId('notes').replaceChildren(...report.notes.map((note) => element('li', {}, note)));
  byId('attention').replaceChildren(...attention(backups));
}

function sentence(backups, failed) {
  if (report.stillFrozen.length > 0) {
    return `\u2715 Still frozen: ${report.stillFrozen.join(', ')}`;
  }
  if (backups.length === 0) {
    return 'No instance is on record.';
  }
  return failed > 0
    ? `\u2715 ${counted(failed, 'backup')} of ${backups.length} did not succeed.`
    : `\u2713 ${backups.length === 1 ? 'The backup' : `Each of ${backups.length} backups`} succeeded or was skipped for an allowed reason.`;
}

function attention(backups) {
  const needing = backups
    .filter((backup) => urgency(backup) < urgency({ status: 'SUCCEEDED', consistency: 'CRASH' }))
    .sort((one, other) => urgency(one) - urgency(other));
  if (needing.length === 0) {
    return [];
  }
  const more = needing.length - MOST_NAMED;
  return [
    element('h3', {}, 'What needs a look'),
    element('ul', { class: 'needing' }, ...needing.slice(0, MOST_NAMED).map((backup) => element('li', {},
      chooser(backup.instance), statusBadge(backup), verdictBadge(backup.consistency), element('span', { class: 'why' }, backup.reason)))),
    ...(more > 0 ? [element('p', { class: 'hint' }, `And ${more} more, first in the list below.`)] : []),
  ];
}

/** A button that shows the details of an instance. */
function chooser(instance) {
  const button = element('button', { type: 'button', class: 'link' }, instance);
  button.addEventListener('click', () => choose(instance, true));
  return button;
}
