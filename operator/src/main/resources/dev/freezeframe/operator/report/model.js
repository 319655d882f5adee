// The report, and what the reader chose of it.

const report = JSON.parse(byId('data').textContent);

const chosen = {
  /** The newest that needs somebody, or else the newest. */
  run: report.runs.findLast((run) => run.backups.some(needsSomebody)) ?? report.runs.at(-1),
  /** Instance of the details; null: none. */
  instance: null,
  text: '',
  statuses: new Set(Object.keys(STATUSES)),
  verdicts: new Set(Object.keys(VERDICTS)),
};

/** The worst first. */
function urgency(backup) {
  return Object.keys(STATUSES).indexOf(backup.status) * 10
    + Object.keys(VERDICTS).indexOf(verdictOf(backup));
}

function needsSomebody(backup) {
  return backup.status === 'FAILED' || backup.status === 'RUNNING';
}

function verdictOf(backup) {
  return backup.consistency ?? 'NONE';
}

function wanted(backup) {
  return chosen.statuses.has(backup.status)
    && chosen.verdicts.has(verdictOf(backup))
    && (chosen.text === '' || searched(backup).includes(chosen.text));
}

const searchedTexts = new WeakMap();

function searched(backup) {
  if (!searchedTexts.has(backup)) {
    searchedTexts.set(backup, [
      idAndName(backup.instance), backup.reason, backup.preScript, backup.postScript, backup.execution,
      ...backup.snapshots.flatMap((snapshot) => [snapshot.id, snapshot.volume]),
    ].join('\n').toLowerCase());
  }
  return searchedTexts.get(backup);
}

/** What the filter leaves of the run, the worst first. */
function shownBackups() {
  return (chosen.run?.backups ?? [])
    .filter(wanted)
    .sort((one, other) => urgency(one) - urgency(other) || (one.instance < other.instance ? -1 : 1));
}

function backupOf(instance) {
  return chosen.run?.backups.find((backup) => backup.instance === instance);
}

const FREEZES = ['FROZEN', 'BETWEEN_SCRIPTS'];

/** Where "from the start of each freeze" begins. */
function anchor(backup) {
  const first = (...kinds) => backup.spans.find((span) => kinds.includes(span.kind))?.from;
  return first(...FREEZES) ?? first('DOWN') ?? first('SNAPSHOT_SET') ?? backup.spans[0]?.from ?? chosen.run.scheduledAt;
}
