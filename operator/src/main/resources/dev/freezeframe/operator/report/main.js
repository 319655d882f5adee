// Puts the page together and listens to its reader.

function wholeRun() {
  view.aligned = byId('aligned').checked;
  const all = extent(chosen.run?.backups ?? []);
  showStretch(all?.from ?? 0, all?.to ?? MINUTE);
}

function theFreezes() {
  const frozen = list.backups.filter((backup) => backup.spans.some((span) => FREEZES.includes(span.kind)));
  if (frozen.length === 0) {
    return;
  }
  byId('aligned').checked = true;
  view.aligned = true;
  const begun = extent(frozen, ['DRY_RUN', ...FREEZES]).from;
  const longest = Math.max(SECOND, ...frozen.map((backup) => {
    const first = backup.spans.find((span) => FREEZES.includes(span.kind));
    return first.to - first.from;
  }));
  showStretch(Math.max(begun, -10 * SECOND), longest * 1.4 + 2 * SECOND);
}

/** Another stretch of time. */
function showTime() {
  showRows();
  byId('range').textContent = `${duration(Math.round(view.to - view.from))} shown`;
}

function showRun() {
  showSummary();
  showFilter();
  showLegend();
  list.backups = shownBackups();
  wholeRun();
  theFreezes();
  if (!backupOf(chosen.instance)) {
    chosen.instance = mostTelling()?.instance ?? null;
  }
  filtered();
  showTime();
  showDetails();
  showWay();
}

/** What a reader most likely wants to see first: a failure, or else a freeze. */
function mostTelling() {
  return list.backups.find((backup) => backup.status === 'FAILED')
    ?? list.backups.find((backup) => backup.frozen > 0) ?? list.backups[0];
}

function showRunChoice() {
  const select = byId('run');
  byId('run-choice').hidden = report.runs.length < 2;
  select.replaceChildren(...report.runs.map((run, index) => {
    const needing = run.backups.filter(needsSomebody).length;
    return element('option', { value: index }, `${instant(run.scheduledAt, 0)}${needing ? `, ${needing} did not succeed` : ''}`);
  }));
  select.value = report.runs.indexOf(chosen.run);
  select.addEventListener('change', () => {
    chosen.run = report.runs[select.value];
    showRun();
  });
}

const KEYS = {
  '+': () => zoom(0.5),
  '=': () => zoom(0.5),
  '-': () => zoom(2),
  ArrowLeft: () => move(-0.2),
  ArrowRight: () => move(0.2),
  0: wholeRun,
  f: theFreezes,
};

function listenToKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    step(event.key === 'ArrowDown' ? 1 : -1);
  } else if (event.key === 'Enter' && chosen.instance) {
    choose(document.activeElement.dataset.instance ?? chosen.instance, true);
  } else if (KEYS[event.key.toLowerCase()] ?? KEYS[event.key]) {
    (KEYS[event.key.toLowerCase()] ?? KEYS[event.key])();
    showTime();
  } else {
    return;
  }
  event.preventDefault();
}

function listen() {
  const deeds = {
    'zoom-all': () => { byId('aligned').checked = false; wholeRun(); },
    'zoom-freeze': theFreezes,
    'zoom-in': () => zoom(0.5),
    'zoom-out': () => zoom(2),
    earlier: () => move(-0.2),
    later: () => move(0.2),
  };
  Object.entries(deeds).forEach(([id, deed]) => byId(id).addEventListener('click', () => { deed(); showTime(); }));
  byId('aligned').addEventListener('change', () => { wholeRun(); showTime(); });
  byId('rows').addEventListener('keydown', listenToKeys);
  byId('rows').addEventListener('scroll', () => requestAnimationFrame(drawVisible), { passive: true });
  new ResizeObserver(() => showTime()).observe(byId('table'));
  window.addEventListener('beforeprint', () => printed(true));
  window.addEventListener('afterprint', () => printed(false));
  listenToFilter();
}

function printed(all) {
  list.all = all;
  document.querySelectorAll('details').forEach((folded) => {
    folded.open = folded.open || all;
  });
  showRows();
}

document.title = report.title;
byId('title').textContent = report.title;
byId('source').textContent = `${report.source}, as of ${instant(report.asOf, 0)}`;
showRunChoice();
showJudgement();
showRestores();
showDrills();
showCounts();
showRun();
listen();
