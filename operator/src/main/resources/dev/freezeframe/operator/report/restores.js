// What was restored, how long each stage took, and where the volumes are.

function showRestores() {
  byId('restores').hidden = report.restores.length === 0;
  if (report.restores.length === 0) {
    return;
  }
  const stages = Object.keys(STAGES).filter((stage) => report.restores.some((restore) => restore.stages[stage] !== undefined));
  byId('restores-body').replaceChildren(
    table(
      `How long after ${instant(report.restores[0].askedAt, 0)} each stage was reached`,
      ['Instance', 'To', 'Status', ...stages.map((stage) => STAGES[stage]), 'Why'],
      report.restores.map((restore) => [
        element('span', {}, ...labelOf(restore.instance)), restore.to,
        badge('status', restore.status === 'UNDONE' ? 'FAILED' : restore.status, RESTORE_STATUSES[restore.status]),
        ...stages.map((stage) => (restore.stages[stage] === undefined ? '\u2013' : duration(restore.stages[stage]))),
        restore.reason])),
    ...report.restores.filter((restore) => restore.volumes.length > 0).map((restore) => foldable(
      `${idAndName(restore.instance)}, set ${restore.set}`,
      ['Volume', 'Snapshot', 'State', 'Attached to', 'Device'],
      restore.volumes.map((volume) => [
        volume.volume ?? '\u2013', volume.snapshot, volume.state, volume.attachedTo ?? '\u2013', volume.device ?? '\u2013']))));
}
