// Rooms in which people vote: a host on a laptop, phones, and a poll that is being written.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

export const PHONE = { viewport: { width: 390, height: 844 } };

/** A host on a laptop, in a new room. */
export async function room(open, url, options = {}) {
  const host = await open({ viewport: { width: 1440, height: 900 }, ...options });
  const made = await host.request.post(`${url}/api/rooms`, { data: { title: 'Team day', name: 'Ada' } });
  assert.equal(made.status(), 201);
  const { code } = await made.json();
  await host.goto(`${url}/r/${code}`);
  return { host, code };
}

/** A phone that has joined by the code. */
export async function phone(open, url, code, name, options = PHONE) {
  const page = await open(options);
  await page.goto(`${url}/${code}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByText('You are in').waitFor();
  return page;
}

/** A new poll on the host's desk, whose first question waits for its words. */
export async function newPoll(host) {
  await host.getByRole('button', { name: 'Add', exact: true }).click();
  await host.getByRole('menuitem', { name: /^Poll/ }).click();
  await host
    .getByRole('region', { name: 'New question' })
    .getByRole('button', { name: 'Add a question' })
    .click();
}

/** Waits until a phone says that its vote is counted. */
export const counted = (page) => page.getByText(/^Counted ✓ \d\d:\d\d:\d\d$/).waitFor();

/** What the host's desk exports under a name of its menu: the file, its name, and its text. */
export async function exported(host, name) {
  await host.getByRole('button', { name: 'Export', exact: true }).click();
  const [download] = await Promise.all([
    host.waitForEvent('download'),
    host.getByRole('menuitem', { name }).click(),
  ]);
  const file = await download.path();
  return { file, name: download.suggestedFilename(), text: await readFile(file, 'utf8') };
}
