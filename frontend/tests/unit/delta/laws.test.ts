// The laws of the algebra, on random cases, and the smallest counterexamples of the ways to get it wrong.
import Published from 'quill-delta';
import { describe, expect, test, vi } from 'vitest';
import {
  apply,
  baseLength,
  canonical,
  compose,
  composeAll,
  DeltaError,
  hash,
  invert,
  length,
  normal,
  position,
  transform,
  type Delta,
} from '../../../src/lib/delta';
import { forSeeds } from './random';

const CASES = 12_000;
vi.setConfig({ testTimeout: 120_000 }); // many cases, and the machine may be busy

function agree(a: Delta, b: Delta): void {
  if (canonical(a) !== canonical(b)) throw new Error(`${canonical(a)}\nis not\n${canonical(b)}`);
}

test('compose means "then"', () => {
  forSeeds(CASES, (random) => {
    const d = random.document();
    const a = random.change(d);
    const b = random.change(apply(d, a));
    agree(apply(d, compose(a, b)), apply(apply(d, a), b));
  });
});

test('compose does not care for brackets, in structure', () => {
  forSeeds(CASES, (random) => {
    const d = random.document();
    const a = random.change(d);
    const b = random.change(apply(d, a));
    const c = random.change(apply(apply(d, a), b));
    agree(compose(compose(a, b), c), compose(a, compose(b, c)));
    agree(composeAll([a, b, c]), compose(a, compose(b, c)));
  });
});

test('both ends meet', () => {
  forSeeds(CASES, (random) => {
    const d = random.document();
    const [x, a] = [random.change(d), random.change(d)];
    const crossed = transform(x, a);
    agree(apply(apply(d, a), crossed.late), apply(apply(d, x), crossed.committed));
  });
});

test('a late change over history is the same in every bracketing, in structure', () => {
  forSeeds(CASES, (random) => {
    let d = random.document();
    const late = random.change(d);
    const history: Delta[] = [];
    for (let i = 0; i < 4; i++) {
      const next = random.change(d);
      d = apply(d, next);
      history.push(next);
    }
    const steps = history.reduce((x, h) => transform(x, h).late, late);
    const cut = 1 + random.below(3);
    const parts = [composeAll(history.slice(0, cut)), composeAll(history.slice(cut))];
    agree(transform(late, composeAll(history)).late, steps);
    agree(
      parts.reduce((x, h) => transform(x, h).late, late),
      steps,
    );
  });
});

test('a change and its inverse leave nothing', () => {
  forSeeds(CASES, (random) => {
    const d = random.document();
    const x = random.change(d);
    agree(apply(apply(d, x), invert(x, d)), d);
  });
});

test('results are in normal form and cut no character', () => {
  forSeeds(CASES, (random) => {
    const d = random.document();
    const [x, a] = [random.change(d), random.change(d)];
    const after = apply(d, a);
    for (const out of [after, transform(x, a).late, transform(x, a).committed, invert(x, d)]) {
      agree(out, normal(out));
      if (!canonical(out).isWellFormed()) throw new Error(`half a character in ${canonical(out)}`);
    }
  });
});

test('a place moves as in the published library', () => {
  forSeeds(CASES, (random) => {
    const d = random.document();
    const x = random.change(d);
    const index = random.below(length(d) + 1);
    const before = random.below(2) === 0;
    expect(position(x, index, before)).toBe(
      new Published(x as Published['ops']).transformPosition(index, before),
    );
  });
});

test('changes do to a document what the published library does', () => {
  forSeeds(CASES, (random) => {
    const d = random.document();
    const x = random.change(d);
    expect(published(d).compose(published(x)).ops).toEqual(published(apply(d, x)).ops);
  });
});

/** In the published library's own form, which moves inserts before deletes. */
function published(change: Delta): Published {
  return change.reduce((out, op) => out.push(op as Parameters<typeof out.push>[0]), new Published());
}

// late x, two changes of history, the document, what must come out
const wrongVariants: [string, Delta, Delta[], Delta, Delta][] = [
  [
    'an insert moved before a delete',
    [{ insert: 'q' }],
    [[{ retain: 1 }, { insert: 'B' }], [{ delete: 1 }]],
    [{ insert: 'L' }],
    [{ insert: 'LB' }],
  ],
  [
    'the late one goes left',
    [{ insert: 'p' }],
    [[{ delete: 1 }], [{ insert: 'H' }]],
    [{ retain: 1 }, { insert: 'L' }],
    [{ insert: 'HL' }],
  ],
  [
    'deletes first in compose',
    [{ insert: 'p' }],
    [[{ delete: 1 }], [{ insert: 'H' }]],
    [{ insert: 'L' }],
    [{ insert: 'HL' }],
  ],
  [
    'null forgotten in compose',
    [{ insert: 'p' }],
    [[], [{ retain: 1, attributes: { b: null } }]],
    [{ retain: 1, attributes: { b: 1 } }],
    [{ insert: 'p' }],
  ],
  [
    'squash by comparing documents',
    [{ insert: 'p' }],
    [[{ delete: 1 }], [{ insert: 'p' }]],
    [{ delete: 1 }],
    [{ insert: 'p' }],
  ],
];

describe.each(wrongVariants)('%s', (_, d, history, x, out) => {
  test('does not happen', () => {
    const after = history.reduce(apply, d);
    agree(
      apply(
        after,
        history.reduce((late, h) => transform(late, h).late, x),
      ),
      out,
    );
    agree(apply(after, transform(x, composeAll(history)).late), out);
  });
});

test('both sides of an attribute conflict end alike', () => {
  const d: Delta = [{ insert: 'p' }];
  const [x, a]: Delta[] = [[{ retain: 1, attributes: { c: 1 } }], [{ retain: 1, attributes: { c: null } }]];
  const crossed = transform(x as Delta, a as Delta);
  agree(apply(apply(d, a as Delta), crossed.late), apply(apply(d, x as Delta), crossed.committed));
});

test('what was sent is not the same as what was sent with what came later folded in', () => {
  const [x, y]: [Delta, Delta] = [[{ delete: 1 }], [{ insert: 'L' }]];
  const committed: Delta = [{ retain: 1 }, { insert: 'W' }];
  const folded = apply(apply([{ insert: 'p' }], committed), transform(compose(x, y), committed).late);
  const first = transform(x, committed);
  const apart = apply(
    apply(apply([{ insert: 'p' }], committed), first.late),
    transform(y, first.committed).late,
  );
  agree(folded, [{ insert: 'LW' }]);
  agree(apart, [{ insert: 'WL' }]);
});

test('a change that does not fit is refused with the code of the server', () => {
  const code = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      if (error instanceof DeltaError) return error.because;
      throw error;
    }
    return 'nothing';
  };
  expect(code(() => apply([{ insert: 'a' }], [{ delete: 2 }]))).toBe('length');
  expect(code(() => invert([{ retain: 2, attributes: { b: 1 } }], [{ insert: 'a' }]))).toBe('length');
  expect(code(() => apply([{ insert: '😀' }], [{ delete: 1 }]))).toBe('text');
  expect(code(() => apply([{ insert: 'a😀' }], [{ retain: 2 }, { insert: 'x' }]))).toBe('text');
  expect(baseLength([{ retain: 2 }, { insert: 'x' }, { delete: 3 }])).toBe(5);
});

test('the hash does not depend on how a document is cut', () => {
  expect(hash([{ insert: 'a' }, { insert: '' }, { insert: 'b\n' }])).toBe(hash([{ insert: 'ab\n' }]));
  expect(hash([{ insert: 'a', attributes: { bold: true, link: '/' } }])).toBe(
    hash([{ insert: 'a', attributes: { link: '/', bold: true } }]),
  );
});
