// What was drilled, what that proves, and how long each stage of the recovery took.

function showDrills() {
  byId('drills').hidden = report.drills.length === 0;
  if (report.drills.length === 0) {
    return;
  }
  const stages = Object.keys(DRILL_STAGES).filter((stage) => report.drills.some((drill) => drill.stages[stage] !== undefined));
  byId('drills-body').replaceChildren(
    table(
      'How long after the launch each stage was reached',
      ['Begun', 'Instance', 'Level', 'Verdict', 'Why', ...stages.map((stage) => DRILL_STAGES[stage]), 'US$', 'Set'],
      report.drills.map((drill) => [
        instant(drill.startedAt, 0),
        element('span', {}, ...labelOf(drill.instance)), drill.level,
        badge('status', DRILL_COLOURS[drill.verdict ?? 'NONE'], DRILL_VERDICTS[drill.verdict ?? 'NONE']),
        [drill.reason, ...drill.warnings].join('; '),
        ...stages.map((stage) => (drill.stages[stage] === undefined ? '\u2013' : duration(drill.stages[stage]))),
        drill.dollars.toFixed(3), drill.set])));
}
