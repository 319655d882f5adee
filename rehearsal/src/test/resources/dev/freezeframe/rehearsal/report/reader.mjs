// What a reader of the report does, and finds.
import assert from 'node:assert/strict';

const MAX_NODES = 5_000;
const FREEZES = ['FROZEN', 'BETWEEN_SCRIPTS'];

const failed = (run) => run.backups.some((backup) => backup.status === 'FAILED');
const backupsOf = (report) => (report.runs.findLast(failed) ?? report.runs.at(-1)).backups;
const rows = (page) => page.locator('#rows .row');
const shown = (page) => page.locator('#shown').textContent();
const range = (page) => page.locator('#range').textContent();
const title = (page) => page.locator('#details-title').textContent();
const nodes = (page) => page.evaluate(() => document.querySelectorAll('*').length);

/** The widest freeze that is drawn, in pixels. */
const widestFreeze = (page) => page.evaluate((kinds) => Math.max(0, ...[...document.querySelectorAll(
  kinds.map((kind) => `#rows rect.${kind.toLowerCase().replaceAll('_', '-')}`).join(),
)].map((bar) => bar.getBoundingClientRect().width)), FREEZES);

const froze = (backup) => backup.spans.some((span) => FREEZES.includes(span.kind));

async function fitsTheWidth(page) {
  const [wide, room] = await page.evaluate(() => [document.scrollingElement.scrollWidth, window.innerWidth]);
  assert.ok(wide <= room, `expected a page of at most ${room} pixels, found ${wide}`);
}

/** The id of an instance, and its name if the report knows one. */
function named(report, instance) {
  return report.names[instance] ? `${instance} ${report.names[instance]}` : instance;
}

async function judgement(page, report) {
  assert.equal(await page.locator('#verdict').textContent(), `${{ GOOD: '\u2713', ATTENTION: '!', BAD: '\u2715' }[report.judgement.level]} ${report.judgement.sentence}`);
  assert.equal(await page.locator('#troubles li').count(), report.troubles.length + report.doubts.length);
}

async function lanes(page, report) {
  const backups = backupsOf(report);
  const first = rows(page).first();
  assert.equal(await page.locator('#table').getAttribute('aria-rowcount'), `${backups.length + 1}`);
  assert.match(await first.locator('.end').textContent(), backups.some((backup) => backup.status === 'FAILED') ? /failed/ : /./);
  const drawn = await rows(page).locator('svg.lane').count();
  assert.ok(drawn >= Math.min(backups.length, 3), `expected lanes, found ${drawn}`);
  const told = await page.locator('#rows svg.lane').evaluateAll((all) => all.map((lane) => lane.getAttribute('aria-label')));
  assert.equal(told.some((words) => /frozen|between the scripts/.test(words)), backups.some(froze), 'lanes that say as text what was frozen');
}

async function filter(page, report) {
  const backups = backupsOf(report);
  const one = backups.at(-1);
  await page.locator('#text').fill(one.instance);
  assert.equal(await rows(page).count(), 1);
  assert.match(await rows(page).first().textContent(), new RegExp(one.instance));
  const name = report.names[one.instance];
  if (name) {
    await page.locator('#text').fill(name);
    assert.ok((await rows(page).allTextContents()).some((row) => row.includes(name)), `found by the name ${name}`);
  }
  await page.locator('#text').fill('nothing is called this');
  assert.equal(await rows(page).count(), 0);
  assert.equal(await shown(page), `0 of ${backups.length.toLocaleString('en')} instance${backups.length === 1 ? '' : 's'}`);
  await page.locator('#text').fill('');
  const status = page.locator('#statuses input').last();
  const left = backups.filter((backup) => backup.status !== 'SUCCEEDED').length;
  await status.uncheck();
  assert.equal(await page.locator('#table').getAttribute('aria-rowcount'), `${left + 1}`);
  await status.check();
  assert.equal(await page.locator('#table').getAttribute('aria-rowcount'), `${backups.length + 1}`);
}

async function details(page, report) {
  const first = rows(page).first();
  const instance = await first.getAttribute('data-instance');
  await first.click();
  assert.equal(await title(page), `Details of ${named(report, instance)}`);
  const { reason } = backupsOf(report).find((backup) => backup.instance === instance);
  assert.equal(await page.locator('#details-body .reason').textContent(), reason);
  assert.equal(await page.locator('#rows .row.chosen').count(), 1);
}

async function zoom(page, report) {
  await page.locator('#zoom-all').click();
  const [whole, narrow] = [await range(page), await widestFreeze(page)];
  await page.locator('#zoom-freeze').click();
  if (backupsOf(report).some(froze)) {
    assert.notEqual(await range(page), whole);
    const broad = await widestFreeze(page);
    assert.ok(broad > 40 && broad > narrow, `expected a freeze as broad as a hand's breadth, found ${broad} after ${narrow} pixels`);
  }
  await page.locator('#zoom-all').click();
  const axis = await page.locator('#head .time').boundingBox();
  await page.mouse.move(axis.x + axis.width * 0.2, axis.y + 10);
  await page.mouse.down();
  await page.mouse.move(axis.x + axis.width * 0.4, axis.y + 10);
  await page.mouse.up();
  assert.notEqual(await range(page), whole, 'dragging along the axis shows less');
}

async function keyboard(page, report) {
  await page.locator('#rows').focus();
  await page.keyboard.press('0');
  const whole = await range(page);
  await page.keyboard.press('+');
  assert.notEqual(await range(page), whole, '+ shows less');
  await page.keyboard.press('-');
  assert.equal(await range(page), whole, '- shows as much again');
  await page.keyboard.press('f');
  assert.equal(await page.locator('#aligned').isChecked(), backupsOf(report).some(froze));
  const before = await title(page);
  await page.keyboard.press('ArrowDown');
  if (backupsOf(report).length > 1) {
    assert.notEqual(await title(page), before, 'the arrow goes to the next instance');
  }
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'details-title');
}

async function calendar(page, report) {
  assert.equal(await page.locator('#calendar').isVisible(), report.sets.length > 0);
  if (report.sets.length === 0) {
    return;
  }
  const lines = page.locator('.calendar tbody tr');
  const [first, number] = [lines.first(), await lines.count()];
  assert.equal(await first.locator('td').count(), await page.locator('.calendar thead th').count() - 1);
  await first.evaluate((line) => { line.dataset.seen = 'before'; });
  await page.locator('#text').fill('i-0');
  assert.equal(await lines.count(), number);
  assert.equal(await first.getAttribute('data-seen'), 'before', 'a line that stays is not made anew');
  const last = report.sets.at(-1).instance;
  await page.locator('#text').fill(last);
  assert.equal(await lines.locator('button').allTextContents().then((all) => all.join()), named(report, last));
  await page.locator('#text').fill('');
}

async function bounded(page, report) {
  const list = page.locator('#rows');
  const counts = [await nodes(page)];
  for (const share of [0.5, 1, 0]) {
    await list.evaluate((element, part) => { element.scrollTop = element.scrollHeight * part; }, share);
    await page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)); }));
    const visible = await list.evaluate((element) => {
      const box = element.getBoundingClientRect();
      return [...element.querySelectorAll('.row')].some((row) => row.getBoundingClientRect().top < box.bottom
        && row.getBoundingClientRect().bottom > box.top);
    });
    assert.ok(visible, `expected instances after scrolling to ${share}, found an empty list`);
    counts.push(await nodes(page));
  }
  assert.ok(Math.max(...counts) <= MAX_NODES, `expected at most ${MAX_NODES} elements for ${backupsOf(report).length} instances, found ${counts}`);
}

async function printing(page, report) {
  const all = backupsOf(report).length;
  const drawn = await rows(page).count();
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  assert.equal(await rows(page).count(), all, 'everything that is listed is printed');
  assert.equal(await page.locator('details:not([open])').count(), 0, 'nothing is folded in print');
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  assert.equal(await rows(page).count(), drawn);
}

async function nothingSaidBecomesMarkup(page) {
  assert.equal(await page.locator('img, iframe, object, embed, link, base').count(), 0);
  assert.equal(await page.locator('script').count(), 2);
}

/** By name, in this order. */
export const THINGS = { fitsTheWidth, judgement, lanes, filter, details, zoom, keyboard, calendar, printing, bounded, nothingSaidBecomesMarkup };
