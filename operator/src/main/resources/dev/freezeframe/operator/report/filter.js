// What of the run is listed.

function showFilter() {
  const backups = chosen.run?.backups ?? [];
  choices('statuses', 'Status', STATUSES, chosen.statuses, countBy(backups.map((backup) => backup.status)));
  choices('verdicts', 'Consistency', VERDICTS, chosen.verdicts, countBy(backups.map(verdictOf)));
}

function choices(id, legend, meanings, picked, counts) {
  const boxes = Object.entries(meanings).filter(([key]) => counts.has(key)).map(([key, meaning]) => {
    const box = element('input', { type: 'checkbox', value: key });
    box.checked = picked.has(key);
    box.addEventListener('change', () => {
      picked[box.checked ? 'add' : 'delete'](key);
      filtered();
    });
    return element('label', {}, box, ` ${meaning.sign} ${meaning.word} `, element('span', { class: 'number' }, `${counts.get(key)}`));
  });
  byId(id).replaceChildren(element('legend', {}, legend), ...boxes);
}

function filtered() {
  byId('rows').scrollTop = 0;
  showRows();
  const all = chosen.run?.backups.length ?? 0;
  byId('shown').textContent = list.backups.length === all ? counted(all, 'instance') : `${list.backups.length} of ${counted(all, 'instance')}`;
  showCalendar();
}

function listenToFilter() {
  byId('filter').addEventListener('submit', (event) => event.preventDefault());
  byId('text').addEventListener('input', (event) => {
    chosen.text = event.target.value.trim().toLowerCase();
    filtered();
  });
}
