// The list of instances. Only what can be seen is drawn, so that a thousand are as quick as ten.

const BEYOND = 6;

/** About what is left of a page beside the names, so that what a lane says can be read. */
const PRINTED_WIDTH = 340;

const list = { backups: [], drawn: new Map(), all: false };

function rowHeight() {
  return window.matchMedia('(max-width: 760px)').matches && !list.all ? 74 : 36;
}

/** Draws the list anew: another run, filter or stretch of time. */
function showRows() {
  list.backups = shownBackups();
  drawHead();
  redrawRows();
}

/** Draws the lanes anew where they are. */
function redrawRows() {
  const rows = byId('rows');
  const focused = rows.contains(document.activeElement) ? document.activeElement.dataset.instance : undefined;
  const height = rowHeight();
  const all = element('div', { class: 'all', role: 'presentation' });
  all.style.height = `${list.backups.length * height}px`;
  list.drawn.clear();
  rows.style.maxHeight = list.all ? 'none' : '';
  rows.replaceChildren(all);
  byId('table').setAttribute('aria-rowcount', list.backups.length + 1);
  drawVisible();
  const again = focused && rows.querySelector(`button[data-instance="${CSS.escape(focused)}"]`);
  again?.focus({ preventScroll: true });
}

function drawVisible() {
  const rows = byId('rows');
  const all = rows.firstElementChild;
  const height = rowHeight();
  const seen = Math.max(rows.clientHeight, height * 3);
  const first = list.all ? 0 : Math.max(0, Math.floor(rows.scrollTop / height) - BEYOND);
  const end = list.all ? list.backups.length
    : Math.min(list.backups.length, Math.ceil((rows.scrollTop + seen) / height) + BEYOND);
  for (const [index, row] of list.drawn) {
    if ((index < first || index >= end) && !row.contains(document.activeElement)) {
      row.remove();
      list.drawn.delete(index);
    }
  }
  for (let index = first; index < end; index++) {
    if (!list.drawn.has(index)) {
      const row = drawRow(list.backups[index], index, height);
      const next = [...list.drawn.keys()].filter((key) => key > index).sort((a, b) => a - b)[0];
      all.insertBefore(row, next === undefined ? null : list.drawn.get(next));
      list.drawn.set(index, row);
    }
  }
}

function drawRow(backup, index, height) {
  const name = element('button', {
    type: 'button', class: 'link', 'data-instance': backup.instance, tabindex: -1,
    'aria-label': `${idAndName(backup.instance)}, show details`,
  }, ...labelOf(backup.instance));
  const row = element('div', {
    class: `row${backup.instance === chosen.instance ? ' chosen' : ''}`, role: 'row',
    'aria-rowindex': index + 2, 'data-instance': backup.instance,
  },
  element('div', { role: 'rowheader', class: 'name' }, name),
  element('div', { role: 'cell', class: 'end' }, statusBadge(backup)),
  element('div', { role: 'cell', class: 'worth' }, verdictBadge(backup.consistency, backup.proof)),
  element('div', { role: 'cell', class: 'frozen' }, backup.frozen > 0 ? duration(backup.frozen) : '\u2013'),
  element('div', { role: 'cell', class: 'time' }, drawLane(backup)));
  row.style.top = `${index * height}px`;
  row.style.height = `${height}px`;
  row.addEventListener('click', () => choose(backup.instance, false));
  return row;
}

function drawHead() {
  const head = (label, kind, ...more) => element('div', { role: 'columnheader', class: kind }, label, ...more);
  const axis = head(element('span', { class: 'unseen' }, view.aligned ? 'Time from the start of each freeze' : 'Time, UTC'), 'time');
  byId('head').replaceChildren(head('Instance', 'name'), head('Status', 'end'), head('Consistency', 'worth'), head('Frozen', 'frozen'), axis);
  measure(axis);
  axis.append(drawAxis());
  axis.addEventListener('pointerdown', (down) => dragAlong(axis, down));
}

/** Lanes are as wide as the room that is there, less the scroll bar of the list. */
function measure(axis) {
  const rows = byId('rows');
  const bar = rows.offsetWidth - rows.clientWidth;
  byId('head').style.paddingRight = `${bar}px`;
  view.width = list.all ? PRINTED_WIDTH : Math.max(120, Math.floor(axis.clientWidth));
}

function dragAlong(axis, down) {
  const box = axis.getBoundingClientRect();
  const timeAt = (x) => view.from + ((x - box.left) / box.width) * (view.to - view.from);
  const from = timeAt(down.clientX);
  window.addEventListener('pointerup', (up) => {
    const to = timeAt(up.clientX);
    if (Math.abs(up.clientX - down.clientX) > 8) {
      showStretch(Math.min(from, to), Math.max(from, to));
      showTime();
    }
  }, { once: true });
}

/** Goes so many instances down the list, and shows its details. */
function step(by) {
  const at = list.backups.findIndex((backup) => backup.instance === chosen.instance);
  const next = Math.min(Math.max(at + by, 0), list.backups.length - 1);
  if (list.backups.length === 0) {
    return;
  }
  choose(list.backups[next].instance, false);
  intoView(next);
  byId('rows').querySelector(`button[data-instance="${CSS.escape(list.backups[next].instance)}"]`)?.focus({ preventScroll: true });
}

function intoView(index) {
  const rows = byId('rows');
  const height = rowHeight();
  const top = index * height;
  if (top < rows.scrollTop) {
    rows.scrollTop = top;
  } else if (top + height > rows.scrollTop + rows.clientHeight) {
    rows.scrollTop = top + height - rows.clientHeight;
  }
  drawVisible();
}
