// Runs `go test` and says how many tests ran: one line per package, the whole output of what failed, and at
// the end "Go: N passed, N failed". Its arguments go to `go test`. It exits as `go test` does.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const go = spawn('go', ['test', '-json', ...process.argv.slice(2)], { stdio: ['ignore', 'pipe', 'inherit'] });

const count = { pass: 0, fail: 0, skip: 0 };
const output = new Map(); // what a test, a package or a build has printed

for await (const line of createInterface({ input: go.stdout })) {
  let event;
  try {
    event = JSON.parse(line);
  } catch {
    console.log(line); // not from a test: the go command itself
    continue;
  }
  take(event);
}

function take({ Action: action, Package: name, ImportPath: path, Test: test, Output: text = '', Elapsed: seconds = 0 }) {
  const key = test ? `${name} ${test}` : (name ?? path);
  if (action === 'output' || action === 'build-output') {
    output.set(key, (output.get(key) ?? '') + text);
    return;
  }
  if (!(action in count) && action !== 'build-fail') return;
  if (test) count[action]++;
  if (action === 'fail' || action === 'build-fail') {
    process.stdout.write(output.get(key) ?? '');
    if (!test) console.log(`FAIL ${key}`);
  } else if (!test && action === 'pass') {
    console.log(`ok   ${name} ${seconds.toFixed(1)}s`);
  } else if (test && action === 'skip') {
    process.stdout.write(output.get(key) ?? '');
  }
  output.delete(key);
}

const code = await new Promise((done) => go.on('close', done));
const skipped = count.skip > 0 ? `, ${count.skip} skipped` : '';
console.log(`Go: ${count.pass} passed, ${count.fail} failed${skipped}`);
if (code === 0 && count.pass === 0) {
  console.error('No Go test ran.');
  process.exit(1);
}
process.exit(code ?? 1);
