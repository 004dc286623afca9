// How people come into a room: one starts it on the start page, others enter by its code.

/** Starts a room as Ada, and tells its code. */
export async function start(page, url, title = 'Team day') {
  await page.goto(url);
  await page.getByLabel('What is it about?').fill(title);
  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('button', { name: 'Start the room' }).click();
  await page.waitForURL(/\/r\/[2-9A-HJKMNP-Z]{6}$/);
  await page.getByText('Saved').waitFor();
  return page.url().slice(-6);
}

/** Enters a room under a name. */
export async function enter(page, url, code, name) {
  await page.goto(`${url}/r/${code}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByText('Saved').waitFor();
}
