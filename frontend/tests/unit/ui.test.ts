import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { initials } from '../../src/lib/initials';
import CodeField from '../../src/ui/CodeField.svelte';
import Countdown from '../../src/ui/Countdown.svelte';
import { letter } from '../../src/ui/letters';
import { roving, vertical } from '../../src/ui/roving';
import { toasts } from '../../src/ui/toasts.svelte';

const mounted: Record<string, unknown>[] = [];
afterEach(() => mounted.splice(0).forEach((component) => void unmount(component)));

describe('CodeField', () => {
  function shown() {
    const oncomplete = vi.fn();
    mounted.push(mount(CodeField, { target: document.body, props: { label: 'Room code', oncomplete } }));
    flushSync();
    const field = document.querySelector('input') as HTMLInputElement;
    function type(text: string): void {
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      flushSync();
    }
    return { field, type, oncomplete };
  }

  it('shows what was typed in capitals, and tells a whole code once', () => {
    const { field, type, oncomplete } = shown();
    type('k7t');
    expect(field.value).toBe('K7T');
    expect(oncomplete).not.toHaveBeenCalled();
    type('K7Tq2m');
    type('K7TQ2M ');
    expect(field.value).toBe('K7TQ2M');
    expect(oncomplete.mock.calls).toEqual([['K7TQ2M']]);
  });

  it('takes the code out of a pasted link', () => {
    const { field, type, oncomplete } = shown();
    type('https://plenum.example/r/k7tq2m');
    expect(field.value).toBe('K7TQ2M');
    expect(oncomplete.mock.calls).toEqual([['K7TQ2M']]);
  });
});

describe('Countdown', () => {
  it('counts full seconds down by the clock it is given, and says once that it is over', () => {
    vi.useFakeTimers();
    try {
      const onover = vi.fn();
      const props = { until: 2_500, whole: 60_000, clock: () => Date.now() - start, onover };
      const start = Date.now();
      mounted.push(mount(Countdown, { target: document.body, props }));
      const seen: string[] = [];
      for (const step of [0, 500, 999, 1, 1000, 5000]) {
        vi.advanceTimersByTime(step);
        flushSync();
        seen.push(document.querySelector('[role=timer]')?.textContent ?? '');
      }
      expect(seen).toEqual(['3', '2', '2', '1', '0', '0']);
      expect(onover).toHaveBeenCalledTimes(1);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('toasts', () => {
  afterEach(() => toasts.list.forEach((toast) => toasts.close(toast.id)));

  it('keeps the last three, and says the same thing once', () => {
    for (const text of ['a', 'b', 'b', 'c', 'd']) toasts.tell(text);
    expect(toasts.list.map((t) => t.text)).toEqual(['b', 'c', 'd']);
  });

  it('never drops an undo because another sentence is the same', () => {
    const undo = vi.fn();
    toasts.tell('Moved.', undo);
    toasts.tell('Moved.');
    toasts.list.find((t) => t.undo)?.undo?.();
    expect(undo).toHaveBeenCalledOnce();
  });
});

describe('small signs', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['zoë', 'Z'],
    ['李明', '李明'],
    ['李明 (Ming)', '李明'],
    ['欧阳娜娜', '娜娜'],
    ['李', '李'],
    ['さくら', 'さ'],
    ['👩‍👩‍👧 Family', '👩‍👩‍👧'],
    ['🇨🇭 x', '🇨🇭'],
    ['e\u0301mile', 'E\u0301'],
    ['  Konstantin von  Hohenlohe ', 'KH'],
    ['', '?'],
  ])('stands %j for a name', (name, sign) => {
    expect(initials(name)).toBe(sign);
  });

  it('counts letters on after Z', () => {
    expect([0, 25, 26, 51, 52, 99].map(letter)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'CV']);
  });

  it('moves round a list by keys', () => {
    const items = ['Document', 'Poll', 'Chat', 'Door'];
    const to = (at: number, key: string) => roving(items, at, key, vertical, (item) => item);
    expect(to(3, 'ArrowDown')).toBe('Document');
    expect(to(0, 'ArrowUp')).toBe('Door');
    expect(to(-1, 'ArrowUp')).toBe('Door');
    expect(to(1, 'End')).toBe('Door');
    expect(to(0, 'd')).toBe('Door');
    expect(to(3, 'd')).toBe('Document');
    expect(to(0, 'x')).toBeUndefined();
    expect(to(0, ' ')).toBeUndefined();
  });
});
