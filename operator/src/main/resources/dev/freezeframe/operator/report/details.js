// All that is known of one instance in the run.

function choose(instance, jump) {
  chosen.instance = instance;
  document.querySelectorAll('#rows .row').forEach((row) => row.classList.toggle('chosen', row.dataset.instance === instance));
  showDetails();
  showWay();
  if (jump) {
    byId('details-title').focus();
  }
}

function facts(pairs) {
  return element('dl', { class: 'facts' }, ...pairs
    .filter(([, value]) => value !== undefined && value !== '')
    .flatMap(([term, value]) => [element('dt', {}, term), element('dd', {}, value)]));
}

function showDetails() {
  const backup = backupOf(chosen.instance);
  byId('details-title').textContent = backup ? `Details of ${idAndName(backup.instance)}` : 'Details';
  byId('details-body').replaceChildren(...(backup ? details(backup) : [element('p', { class: 'hint' }, 'Choose an instance.')]));
}

/** How long the instance did not run for it; undefined: it ran. */
function downOf(backup) {
  const down = backup.spans.filter((span) => span.kind === 'DOWN');
  return down.length === 0 ? undefined : duration(down.reduce((sum, span) => sum + span.to - span.from, 0));
}

function details(backup) {
  const inside = backup.callsWhileFrozen.join(', ');
  return [
    element('p', {}, statusBadge(backup), ' ', verdictBadge(backup.consistency, backup.proof)),
    element('p', { class: 'reason' }, backup.reason),
    facts([
      ['Pre-script', backup.preScript],
      ['Post-script', backup.postScript],
      [backup.attempts > 1 ? 'Frozen, all attempts together' : 'Frozen', backup.frozen > 0 ? duration(backup.frozen) : 'not at all, as far as is known'],
      ['Down', downOf(backup)],
      ['Calls between the freeze and the thaw', inside],
      ['Attempts', `${backup.attempts}`],
      ['Execution', backup.execution],
    ]),
    ...timesOf(backup),
    ...freezesOf(backup),
    ...snapshotsOf(backup),
    ...statesOf(backup),
    ...livesOf(backup.instance),
  ];
}

/** An instant of the run: on its own day, the time is enough. */
function moment(at) {
  return day(at) === day(chosen.run.scheduledAt) ? `${clock(at, 3)}Z` : instant(at);
}

function section(rows, caption, heads) {
  return rows.length === 0 ? [] : [foldable(caption, heads, rows)];
}

function timesOf(backup) {
  const rows = [...backup.spans].sort((one, other) => one.from - other.from)
    .map((span) => [KINDS[span.kind], moment(span.from), span.to > span.from ? duration(span.to - span.from) : '', span.words]);
  return section(rows, 'Over time', ['What', 'From', 'For', 'Which']);
}

function freezesOf(backup) {
  const rows = backup.freezes.flatMap((attempt) => [
    [`attempt ${attempt.number}`, moment(attempt.orderedAt), 'RunPreScript', `pre-script ordered: ${attempt.document}`, ''],
    ...attempt.thaws.map((thaw) => [
      `attempt ${attempt.number}`, moment(thaw.sentAt), thaw.by, `post-script: ${thaw.answer}`, thaw.proved ? 'thaw proved' : 'proves nothing']),
  ]);
  return section(rows, 'Scripts on record', ['Attempt', 'Sent at', 'By', 'Result', 'Proof']);
}

function snapshotsOf(backup) {
  const rows = backup.snapshots.map((member) => [
    member.id, member.volume, stateOf(member), member.worth ?? 'not judged', moment(member.pointInTime),
    member.expiresAt === undefined ? 'no date' : instant(member.expiresAt, 0)]);
  return section(rows, 'Snapshots of the set', ['Snapshot', 'Volume', 'State', 'Worth', 'Point in time', 'Asked about again']);
}

function stateOf(member) {
  const after = member.settledAt === undefined ? '' : ` after ${duration(member.settledAt - member.pointInTime)}`;
  return member.state + after + (member.cause ? `: ${member.cause}` : '');
}

function statesOf(backup) {
  const rows = backup.states.map((entered, index) => {
    const next = backup.states[index + 1];
    return [entered.state, moment(entered.at), next ? duration(next.at - entered.at) : 'the end'];
  });
  return section(rows, 'States entered', ['State', 'At', 'For']);
}

function livesOf(instance) {
  const rows = (setsOf.get(instance) ?? []).map((set) => [
    instant(set.pointInTime, 0), verdictBadge(set.consistency), counted(set.snapshots, 'snapshot'),
    set.endedAt === undefined ? 'there' : `went at ${instant(set.endedAt, 0)}`, set.why]);
  return section(rows, 'Its sets, and why they are there or went', ['Point in time', 'Consistency', 'Members', 'Now', 'Why']);
}
