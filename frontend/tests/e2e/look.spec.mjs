// Every page in light and dark, on a phone and on a laptop: no barriers, nothing outside the window, nothing
// that the browser complains about (a blocked script or style among it).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';

const windows = [
  { width: 320, height: 640 },
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];

test('pages have no barriers and fit their window', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const made = await (
    await open()
  ).request.post(`${url}/api/rooms`, { data: { title: 'Team day', name: 'Ada' } });
  const { code } = await made.json();
  for (const path of ['/', '/kit', '/nowhere', `/${code}`]) {
    for (const colorScheme of ['light', 'dark']) {
      await t.test(`${path} ${colorScheme}`, async () => {
        const page = await open({ colorScheme });
        await page.goto(url + path);
        await page.locator('main h1').waitFor();
        for (const viewport of windows) {
          await page.setViewportSize(viewport);
          await becomes(() => overflow(page), 0, `wider than a window of ${viewport.width} px`);
          assert.deepEqual(await barriers(page), [], `at ${viewport.width} px`);
        }
        await page.context().close();
      });
    }
  }
  assert.deepEqual(faults(), []);
});

test('the kit can be read from right to left', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const page = await open({ viewport: { width: 320, height: 640 } });
  await page.goto(`${url}/kit`);
  await page.getByRole('switch', { name: 'Right to left' }).check();
  await becomes(() => overflow(page), 0);
  assert.deepEqual(await barriers(page), []);
});
