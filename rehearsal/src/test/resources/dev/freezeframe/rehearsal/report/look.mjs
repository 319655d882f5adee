// Looks at a report in a real browser, as its readers do: node look.mjs CHROMIUM PAGE
// Opens it from disk, on a phone and on a wide screen, light and dark. Prints a line for each view
// that it looked at, and one for each thing that is wrong.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { THINGS } from './reader.mjs';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const SIZES = { phone: { width: 390, height: 844 }, wide: { width: 1600, height: 1000 } };

/** What dark colours can make worse. */
const OF_COLOUR = { runOnly: ['color-contrast', 'link-in-text-block'] };

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const [executablePath, file] = process.argv.slice(2);
const address = pathToFileURL(file).href;

/** Whatever the page says, asks for or fails at by itself. */
function overhear(page, wrong) {
  page.on('console', (message) => wrong(`the console says: ${message.text()}`));
  page.on('pageerror', (error) => wrong(`an error of the page: ${error.message}`));
  page.on('dialog', (dialog) => {
    wrong(`a dialog opened: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== address) {
      wrong(`it asked for ${request.url()}`);
    }
  });
}

/** Of lines that are alike, some are enough. */
async function violations(page, rules) {
  const alike = { include: [['html']], exclude: [['.calendar tr:nth-child(n+3)'], ['.rows .row:nth-child(n+6)']] };
  const { violations: found } = await page.evaluate(([where, chosen]) => window.axe.run(where, chosen), [alike, rules]);
  return found.map(({ id, help, nodes }) => `axe-core, ${id}: ${help}, first at ${nodes[0].html.slice(0, 160)}`);
}

async function look(browser, size) {
  const found = [];
  const context = await browser.newContext({ viewport: SIZES[size], colorScheme: 'light' });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  overhear(page, (sentence) => found.push(sentence));
  await page.goto(address);
  const report = JSON.parse(await page.locator('#data').textContent());
  for (const [name, thing] of Object.entries(THINGS)) {
    try {
      await thing(page, report, size);
    } catch (failed) {
      found.push(`${name}: ${failed.message}`);
    }
  }
  await page.evaluate(axe);
  found.push(...await violations(page, {}));
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...(await violations(page, OF_COLOUR)).map((sentence) => `dark: ${sentence}`));
  if (size === 'wide') {
    await page.emulateMedia({ media: 'print' });
    found.push(...(await violations(page, OF_COLOUR)).map((sentence) => `printed from dark: ${sentence}`));
  }
  await context.close();
  return found;
}

const browser = await chromium.launch({ executablePath, args: FLAGS });
try {
  const sizes = Object.keys(SIZES);
  const founds = await Promise.all(sizes.map((size) => look(browser, size)));
  sizes.forEach((size, index) => {
    console.log(`looked at: ${size}, ${Object.keys(THINGS).join(', ')}`);
    founds[index].forEach((sentence) => console.log(`wrong: ${size}: ${sentence.replaceAll(/\s+/g, ' ')}`));
  });
} finally {
  await browser.close();
}
