// The phone's voting page is one small file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, plenum } from './harness.mjs';

test('the voting page is one request', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const made = await (
    await open()
  ).request.post(`${url}/api/rooms`, { data: { title: 'Team day', name: 'Ada' } });
  const { code } = await made.json();
  const page = await open({ viewport: { width: 390, height: 844 } });
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const answer = await page.goto(`${url}/${code.toLowerCase()}`);
  await page.getByRole('heading', { name: 'Team day' }).waitFor();

  assert.equal(answer?.headers()['content-encoding'], 'br');
  assert.deepEqual(
    asked.filter((path) => path !== '/icon.svg' && !path.startsWith('/api/')),
    [`/${code.toLowerCase()}`],
  );
  assert.deepEqual(faults(), []);
});
