import type { Key } from '../../ui/keys';
import type { Acts } from './acts.svelte';
import type { Counted } from './state';
import { words } from './words';

/** The keys of a host that do something with a question, and those that always do. */
export function keysOf(acts: Acts, q: Counted | undefined, move: (by: number) => void): Key[] {
  const { act, cancel } = words();
  const keys: Key[] = [
    { key: 'ArrowDown', name: act.after, act: () => move(1) },
    { key: 'ArrowUp', name: act.before, act: () => move(-1) },
    { key: 'u', name: act.undo, act: () => acts.undo() },
  ];
  if (acts.merging) keys.push({ key: 'Escape', name: cancel, act: () => (acts.merging = 0) });
  if (!q) return keys;
  if (acts.merging) {
    keys.push({ key: 'Enter', name: act.into, act: () => acts.merge(q) });
    return keys;
  }
  const now = acts.live.qa?.now === q.id;
  if (q.state === 'queued' || q.state === 'dismissed')
    keys.push({ key: 'a', name: act.approve, act: () => acts.approve(q) });
  if (q.state === 'queued' || q.state === 'shown' || q.state === 'answered') {
    keys.push({ key: 'd', name: act.dismiss, act: () => acts.dismiss(q) });
    keys.push({ key: 'w', name: act.answer, act: () => (acts.writing = { id: q.id, what: 'answer' }) });
  }
  if (q.state === 'shown') {
    keys.push({ key: 't', name: now ? act.untake : act.take, act: () => acts.take(now ? 0 : q.id) });
    keys.push({ key: 'x', name: act.answered, act: () => acts.answer(q) });
    keys.push({ key: 'p', name: q.pinned ? act.unpin : act.pin, act: () => acts.pin(q) });
    keys.push({ key: 'b', name: act.hold, act: () => acts.hold(q) });
  }
  if (q.state === 'queued' || q.state === 'shown')
    keys.push({ key: 'm', name: act.merge, act: () => (acts.merging = q.id) });
  if (q.state === 'dismissed' || q.state === 'merged')
    keys.push({ key: 'r', name: act.restore, act: () => acts.restore(q) });
  if (q.state === 'answered') keys.push({ key: 'r', name: act.reopen, act: () => acts.reopen(q) });
  return keys;
}
