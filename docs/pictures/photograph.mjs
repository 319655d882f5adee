// Photographs a report from its top to the end of its lanes: node photograph.mjs CHROMIUM PAGE PICTURE
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [executablePath, page, picture] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
try {
  const viewport = { width: 1600, height: 1000 };
  const opened = await browser.newPage({ viewport, colorScheme: 'light' });
  await opened.goto(pathToFileURL(resolve(page)).href);
  const lanes = await opened.locator('#instances').boundingBox();
  await opened.screenshot({
    path: picture, fullPage: true, clip: { x: 0, y: 0, width: viewport.width, height: Math.ceil(lanes.y + lanes.height + 20) },
  });
} finally {
  await browser.close();
}
