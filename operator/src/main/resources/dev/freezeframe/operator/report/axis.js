// The stretch of time that is shown, and where an instant lies in it.

const STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500,
  SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND,
  MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR, DAY,
];

const MIN_SHOWN = 20;

const view = { from: 0, to: 1, aligned: false, width: 600 };

/** An instant of a backup in the time that is shown. */
function shownTime(backup, at) {
  return view.aligned ? at - anchor(backup) : at;
}

function place(time) {
  return ((time - view.from) / (view.to - view.from)) * view.width;
}

/** The stretch that holds all spans of some kinds, with a margin; null: there are none. */
function extent(backups, kinds) {
  let from = Infinity;
  let to = -Infinity;
  for (const backup of backups) {
    for (const span of backup.spans) {
      if (kinds === undefined || kinds.includes(span.kind)) {
        from = Math.min(from, shownTime(backup, span.from));
        to = Math.max(to, shownTime(backup, span.to));
      }
    }
  }
  if (from > to) {
    return null;
  }
  const margin = Math.max((to - from) * 0.03, 500);
  return { from: from - margin, to: to + margin };
}

function showStretch(from, to) {
  const middle = (from + to) / 2;
  const half = Math.max(to - from, MIN_SHOWN) / 2;
  view.from = middle - half;
  view.to = middle + half;
}

function zoom(factor) {
  const middle = (view.from + view.to) / 2;
  const half = ((view.to - view.from) / 2) * factor;
  showStretch(middle - half, middle + half);
}

function move(share) {
  const by = (view.to - view.from) * share;
  view.from += by;
  view.to += by;
}

function ticks() {
  const wantedStep = ((view.to - view.from) * 92) / view.width;
  const step = STEPS.find((size) => size >= wantedStep) ?? DAY * Math.ceil(wantedStep / DAY);
  const marks = [];
  for (let at = Math.ceil(view.from / step) * step; at <= view.to; at += step) {
    marks.push({ at, label: tickLabel(at, step) });
  }
  return marks;
}

function tickLabel(at, step) {
  const digits = step >= SECOND ? 0 : 3;
  if (!view.aligned) {
    return step >= DAY ? day(at) : clock(at, digits);
  }
  const sign = at < 0 ? '\u2212' : '+';
  const size = Math.abs(at);
  if (step >= MINUTE) {
    return `${sign}${size / MINUTE} min`;
  }
  return `${sign}${(size / SECOND).toFixed(step >= SECOND ? 0 : 3)} s`;
}

function drawAxis() {
  const marks = ticks().flatMap(({ at, label }) => [
    drawn('line', { x1: place(at), x2: place(at), y1: 18, y2: 26 }),
    drawn('text', { x: Math.min(Math.max(place(at), 0), view.width - 60), y: 13 }, label),
  ]);
  return drawn('svg', { class: 'axis', width: view.width, height: 26, viewBox: `0 0 ${view.width} 26`, 'aria-hidden': 'true' }, ...marks);
}
