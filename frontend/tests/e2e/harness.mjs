// What the browser tests stand on: the real program on a free port with a folder of its own, and a real
// browser. Both end with the test that asked for them.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { chromium } from 'playwright-core';

const binary = process.env.PLENUM_BINARY ?? fileURLToPath(new URL('../../../bin/plenum', import.meta.url));
const browsers = ['chromium', 'chromium-browser', 'google-chrome'];
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const startWithin = 20_000;
const stopWithin = 15_000;
const becomesWithin = 10_000;

/**
 * Starts the program. It is stopped, and its folder removed, when the test ends (or the file, with node:test's
 * own { after } in place of a test); a test that is about stopping does it itself, and starts the next one on
 * the same folder.
 *
 * @param {Pick<import('node:test').TestContext, 'after'>} t
 * @param {{folder?: string, listen?: string, binary?: string, env?: Record<string, string>}} [o]
 * @returns {Promise<{url: string, folder: string, output: () => string, stop: (signal?: NodeJS.Signals) => Promise<void>}>}
 */
export async function plenum(t, o = {}) {
  const folder = o.folder ?? (await mkdtemp(join(tmpdir(), 'plenum-e2e-')));
  const env = { ...process.env, PLENUM_LISTEN: o.listen ?? '127.0.0.1:0', PLENUM_DATA: folder, ...o.env };
  const program = spawn(o.binary ?? binary, [], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(program, 'exit').catch(() => {}); // a failed start is told by listening()
  let output = '';

  async function stop(signal = 'SIGTERM') {
    if (program.exitCode !== null || program.signalCode !== null || !program.pid) return;
    program.kill(signal);
    const late = setTimeout(() => program.kill('SIGKILL'), stopWithin);
    await ended;
    clearTimeout(late);
  }

  t.after(async () => {
    await stop();
    if (!o.folder) await rm(folder, { recursive: true, force: true });
  });
  const url = await listening(program, (text) => (output += text));
  return { url, folder, output: () => output, stop };
}

// The address is in what the program says when it is ready.
function listening(program, keep) {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => fail(`${binary} told no address`), startWithin);
    function fail(why, cause) {
      clearTimeout(late);
      reject(new Error(`${why}\n${said}`, { cause }));
    }
    function hear(line) {
      said += `${line}\n`;
      keep(`${line}\n`);
      const [, port] = /127\.0\.0\.1:([1-9]\d*)/.exec(line) ?? [];
      if (!port) return;
      clearTimeout(late);
      resolve(`http://127.0.0.1:${port}`);
    }
    createInterface({ input: program.stdout }).on('line', hear);
    createInterface({ input: program.stderr }).on('line', hear);
    program.on('error', (error) => fail(`${binary} could not be started; make build makes it.`, error));
    program.on('close', (code) => fail(`${binary} ended with ${code}`));
  });
}

/**
 * Starts a browser. Each page of open() is a person on a device of their own, with their own storage and
 * cookies; faults() tells everything that a console or a page complained about. It is Chromium's headless shell where that
 * is installed: the same engine without a browser's own windows and services, at two thirds of the work.
 *
 * @param {Pick<import('node:test').TestContext, 'after'>} t
 * @param {{hosts?: string, whole?: boolean}} [o] hosts: rules for what names stand for, as --host-resolver-rules;
 *   whole: with the services that the shell leaves out, such as notifications
 */
export async function browser(t, o = {}) {
  const chrome = await chromium.launch({
    executablePath: findBrowser(o.whole ? browsers : ['chromium-headless-shell', ...browsers]),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      ...(o.hosts ? [`--host-resolver-rules=${o.hosts}`] : []),
    ],
  });
  t.after(() => chrome.close());
  const faults = [];

  /** @param {import('playwright-core').BrowserContextOptions} [options] */
  async function open(options = {}) {
    const context = await chrome.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en',
      ...options,
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
    page.on('console', (line) => {
      if (line.type() === 'error') faults.push(`${page.url()}: ${line.text()} ${line.location().url}`);
    });
    return page;
  }

  return { open, faults: () => faults };
}

function findBrowser(names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not there: on to the next folder.
      }
    }
  }
  throw new Error(
    'No Chromium was found in PATH: install the package chromium, or run make e2e as root on Debian.',
  );
}

/**
 * Asks the server as the person of a page, from within it, and tells the JSON of the answer.
 *
 * @param {import('playwright-core').Page} page
 */
export function get(page, path) {
  return page.evaluate(async (path) => (await fetch(path)).json(), path);
}

/**
 * Posts JSON as the person of a page, from within it, and tells the JSON of the answer.
 *
 * @param {import('playwright-core').Page} page
 */
export function post(page, path, body) {
  return page.evaluate(
    async ([path, body]) => {
      const headers = { 'Content-Type': 'application/json' };
      const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
    [path, body],
  );
}

/**
 * What axe has to say against a page, one line each; the whole page, or only what matches within.
 *
 * @param {import('playwright-core').Page} page
 */
export async function barriers(page, within = 'html') {
  // Through evaluate, which the page's Content-Security-Policy does not stop.
  await page.evaluate(axeSource);
  await settled(page);
  const result = await page.evaluate((selector) => {
    const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    // @ts-ignore axe is in the page by now
    return globalThis.axe.run(selector, { runOnly: rules });
  }, within);
  return result.violations.flatMap((v) =>
    v.nodes.map((n) => `${v.id} (${v.impact}): ${n.html} ${n.failureSummary}`),
  );
}

/** Waits for what is moving now, unless it moves for ever: half way through a fade no colour is what it will be. */
async function settled(page) {
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((a) => a.playState === 'running' && a.effect?.getComputedTiming().endTime !== Infinity)
        .map((a) => a.finished),
    ),
  );
}

/**
 * By how many pixels a page is wider than its window.
 *
 * @param {import('playwright-core').Page} page
 */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/**
 * Waits until what is read from a page equals what is wanted, or matches it: a screen follows what was done soon,
 * not at once. Fails with what was read last. What must never be seen is not for this: it is looked for at once.
 *
 * @param {() => Promise<unknown>} read
 * @param {unknown} want
 * @param {string} [why]
 */
export async function becomes(read, want, why) {
  const until = Date.now() + becomesWithin;
  const is = (got) => (want instanceof RegExp ? want.test(String(got)) : isDeepStrictEqual(got, want));
  let got = await read();
  while (!is(got) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    got = await read();
  }
  if (want instanceof RegExp) assert.match(String(got), want, why);
  else assert.deepEqual(got, want, why);
}
