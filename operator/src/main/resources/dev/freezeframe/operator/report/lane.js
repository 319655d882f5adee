// One backup as a lane over time.

const LANE_HEIGHT = 28;

/** The time down has a lane of its own, at the foot of the backup's. */
const DOWN_LANE = { y: 25, height: 3 };

/** Narrower, a freeze has its seconds in the list and in its details only. */
const WORTH_A_LABEL = 10;
const MIN_WIDTH = { FROZEN: 4, DOWN: 4, BETWEEN_SCRIPTS: 4, DRY_RUN: 2, PRE_SCRIPT: 2, THAW: 2, PAUSE: 2, WAITING: 2 };

/** What is broad lies below, the freeze above it, moments on top. */
const ORDER = ['DOWN', 'WAITING', 'PAUSE', 'DRY_RUN', 'PRE_SCRIPT', 'THAW', 'BETWEEN_SCRIPTS', 'FROZEN', 'SETTLED', 'SNAPSHOT_SET', 'OUTCOME'];

function drawLane(backup) {
  const parts = [...backup.spans]
    .sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind))
    .flatMap((span) => drawSpan(backup, span));
  return drawn('svg', {
    class: 'lane', width: view.width, height: LANE_HEIGHT, viewBox: `0 0 ${view.width} ${LANE_HEIGHT}`,
    role: 'img', 'aria-label': laneWords(backup),
  }, ...parts);
}

function drawSpan(backup, span) {
  const from = place(shownTime(backup, span.from));
  const to = place(shownTime(backup, span.to));
  if (to < -8 || from > view.width + 8) {
    return [];
  }
  const title = drawn('title', {}, spanWords(span));
  const kind = `span ${span.kind.toLowerCase().replaceAll('_', '-')}`;
  if (span.kind in MIN_WIDTH) {
    return drawStretch(span, from, to, kind, title);
  }
  if (span.kind === 'SNAPSHOT_SET') {
    return [drawn('path', { class: kind, d: `M${from} 0l4.5 5l-4.5 5l-4.5 -5zM${from - 0.75} 9h1.5v17h-1.5z` }, title)];
  }
  if (span.kind === 'SETTLED') {
    return [drawn('line', { class: kind, x1: from, x2: from, y1: 6, y2: 22 }, title)];
  }
  return [drawn('text', { class: `${kind} ${backup.status.toLowerCase()}`, x: from, y: 19, 'text-anchor': 'middle' },
    title, STATUSES[backup.status].sign)];
}

function drawStretch(span, from, to, kind, title) {
  const x = Math.max(from, -2);
  const width = Math.max(Math.min(to, view.width + 2) - x, MIN_WIDTH[span.kind]);
  if (span.kind === 'DOWN') {
    return [drawn('rect', { class: kind, x, width, ...DOWN_LANE }, title)];
  }
  const tall = FREEZES.includes(span.kind);
  const bar = drawn('rect', { class: kind, x, y: tall ? 5 : 10, width, height: tall ? 20 : 10, rx: 2 }, title);
  if (!tall) {
    return [bar];
  }
  const label = duration(span.to - span.from);
  const fits = width > label.length * 7 + 6;
  if (to - from < WORTH_A_LABEL) {
    return [bar];
  }
  return [bar, drawn('text', {
    class: `${fits ? 'inside' : 'outside'} ${span.kind.toLowerCase()}`, x: fits ? x + width - 4 : x + width + 8, y: 19, 'text-anchor': fits ? 'end' : 'start',
  }, label)];
}

function spanWords(span) {
  const length = span.to > span.from ? `${duration(span.to - span.from)}, ${instant(span.from)} to ${instant(span.to)}` : instant(span.from);
  return `${KINDS[span.kind]}: ${length}. ${span.words}`;
}

function laneWords(backup) {
  const told = backup.spans
    .filter((span) => span.kind !== 'SETTLED')
    .map((span) => `${KINDS[span.kind]} at ${clock(span.from, 0)}${span.to > span.from ? ` for ${duration(span.to - span.from)}` : ''}`);
  return told.length === 0 ? 'nothing ran' : told.join(', ');
}

function showLegend() {
  const seen = new Set((chosen.run?.backups ?? []).flatMap((backup) => backup.spans.map((span) => span.kind)));
  byId('legend').replaceChildren(...ORDER.filter((kind) => seen.has(kind)).map((kind) => element('li', {},
    sample(kind), KINDS[kind])));
}

function sample(kind) {
  const name = `span ${kind.toLowerCase().replaceAll('_', '-')}`;
  const shapes = {
    SNAPSHOT_SET: () => drawn('path', { class: name, d: 'M11 1l4 4.5l-4 4.5l-4 -4.5zM10.3 9h1.4v9h-1.4z' }),
    SETTLED: () => drawn('line', { class: name, x1: 11, x2: 11, y1: 3, y2: 17 }),
    OUTCOME: () => drawn('text', { class: `${name} succeeded`, x: 11, y: 15, 'text-anchor': 'middle' }, STATUSES.SUCCEEDED.sign),
  };
  const tall = FREEZES.includes(kind);
  const bar = () => drawn('rect', { class: name, x: 1, y: tall ? 2 : 5, width: 20, height: tall ? 16 : 10, rx: 2 });
  return drawn('svg', { width: 22, height: 20, 'aria-hidden': 'true' }, (shapes[kind] ?? bar)());
}
