// What was called, and what it costs.

function showCounts() {
  byId('counts').hidden = report.counts.length === 0;
  if (report.counts.length === 0) {
    return;
  }
  const most = new Map();
  report.counts.forEach((count) => most.set(count.group, Math.max(most.get(count.group) ?? 1, count.times)));
  const groups = [...most.keys()].map((group) => {
    const counts = report.counts.filter((count) => count.group === group);
    const priced = counts.some((count) => count.dollars !== undefined);
    const rows = counts.map((count) => [
      count.what, element('span', { class: 'tally' }, bar(count.times / most.get(group)), count.times.toLocaleString('en')),
      ...(priced ? [count.dollars === undefined ? '' : dollars(count.dollars), count.how] : [])]);
    if (priced) {
      rows.push(['together', '', dollars(counts.reduce((sum, count) => sum + (count.dollars ?? 0), 0)), '']);
    }
    const made = table(group, priced ? ['What', 'How often', 'US$', 'How it is reckoned'] : ['What', 'How often'], rows);
    made.classList.toggle('priced', priced);
    return made;
  });
  byId('counts-body').replaceChildren(element('div', { class: 'columns' }, ...groups));
}

function dollars(amount) {
  return amount > 0 && amount < 0.0001 ? 'less than 0.0001' : amount.toFixed(4);
}

function bar(share) {
  return drawn('svg', { width: 90, height: 10, 'aria-hidden': 'true' },
    drawn('rect', { class: 'bar', x: 0, y: 1, width: Math.max(1, share * 90), height: 8, rx: 2 }));
}
