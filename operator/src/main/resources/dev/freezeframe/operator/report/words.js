// How things are called, and how instants and durations are written.

const STATUSES = {
  FAILED: { sign: '\u2715', word: 'failed' },
  RUNNING: { sign: '\u2026', word: 'no outcome' },
  SKIPPED: { sign: '\u2013', word: 'skipped' },
  SUCCEEDED: { sign: '\u2713', word: 'succeeded' },
};

/** How restores end, besides as backups do. */
const RESTORE_STATUSES = {
  ...STATUSES,
  REFUSED: { sign: '\u2013', word: 'refused' },
  UNDONE: { sign: '\u2715', word: 'failed, undone' },
};

/** How drills end; of one that is skipped nothing is known. */
const DRILL_VERDICTS = {
  FAILED: STATUSES.FAILED,
  INCONCLUSIVE: { sign: '?', word: 'inconclusive' },
  NONE: STATUSES.RUNNING,
  PASSED: { sign: '\u2713', word: 'passed' },
  PASSED_WITH_WARNINGS: { sign: '!', word: 'passed, with warnings' },
  SKIPPED: STATUSES.SKIPPED,
};

/** The colour of each is that of how backups end. */
const DRILL_COLOURS = {
  FAILED: 'FAILED', INCONCLUSIVE: 'RUNNING', NONE: 'RUNNING',
  PASSED: 'SUCCEEDED', PASSED_WITH_WARNINGS: 'SUCCEEDED', SKIPPED: 'SKIPPED',
};

const DRILL_STAGES = {
  running: 'Running', agent: 'Agent', mounted: 'Mounted', checked: 'Checked', started: 'Started',
  validated: 'Validated', gone: 'Gone',
};

const STAGES = {
  AVAILABLE: 'Available', STOPPED: 'Stopped', ATTACHED: 'Attached', RUNNING: 'Running', INITIALIZED: 'Initialized',
};

const LEVELS = { GOOD: STATUSES.SUCCEEDED.sign, ATTENTION: '!', BAD: STATUSES.FAILED.sign };

const VERDICTS = {
  UNKNOWN: { sign: '?', word: 'unknown' },
  CRASH: { sign: '\u25d0', word: 'crash' },
  APPLICATION: { sign: '\u25cf', word: 'application' },
  NONE: { sign: '\u25cb', word: 'no set' },
};

const KINDS = {
  DRY_RUN: 'dry run',
  PRE_SCRIPT: 'pre-script',
  FROZEN: 'frozen',
  DOWN: 'down',
  BETWEEN_SCRIPTS: 'between the scripts',
  SNAPSHOT_SET: 'point in time',
  THAW: 'post-script',
  PAUSE: 'pause, thawed',
  WAITING: 'waiting for completion',
  SETTLED: 'a snapshot settled',
  OUTCOME: 'outcome',
};

/** The tag Name of an instance, where the report knows it. */
function nameOf(instance) {
  return report.names[instance] ?? '';
}

/** The id, and the tag Name beside it. */
function idAndName(instance) {
  return nameOf(instance) ? `${instance} ${nameOf(instance)}` : instance;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function badge(kind, key, meaning) {
  return element('span', { class: `badge ${kind} ${key.toLowerCase()}` },
    element('span', { 'aria-hidden': 'true' }, `${meaning.sign} `), meaning.word);
}

function statusBadge(backup) {
  return badge('status', backup.status, STATUSES[backup.status]);
}

/** What the scripts claim is told from what is proved. */
function verdictBadge(verdict, proof) {
  const key = verdict ?? 'NONE';
  const { sign, word } = VERDICTS[key];
  return badge('worth', key, { sign, word: proof === 'CLAIMED' ? `${word}, claimed` : word });
}

function instant(at, digits = 3) {
  const text = new Date(at).toISOString();
  return digits === 0 ? `${text.slice(0, 19)}Z` : text;
}

function clock(at, digits) {
  return new Date(at).toISOString().slice(11, digits === 0 ? 19 : 20 + digits);
}

function day(at) {
  return new Date(at).toISOString().slice(0, 10);
}

function duration(millis) {
  const size = Math.abs(millis);
  if (size < SECOND && size > 0) {
    return `${millis} ms`;
  }
  if (size < 2 * MINUTE) {
    return `${(millis / SECOND).toFixed(1)} s`;
  }
  if (size < 2 * HOUR) {
    return `${(millis / MINUTE).toFixed(1)} min`;
  }
  return size < 2 * DAY ? `${(millis / HOUR).toFixed(1)} h` : `${(millis / DAY).toFixed(1)} days`;
}

function counted(number, word) {
  return `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;
}
