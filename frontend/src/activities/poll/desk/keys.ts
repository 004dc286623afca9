import type { Key } from '../../../ui/keys';
import type { Desk } from './desk.svelte';
import { words } from './words';

/** The keys that do something now, in the order of the help. */
export function keysOf(desk: Desk): Key[] {
  const { act, edit, next, extendLabel, add } = words();
  const asked = desk.selected;
  const step = desk.step.is === 'next' ? next.next : next[desk.step.is];
  const keys: Key[] = [{ key: ' ', name: step, act: () => desk.go() }];
  keys.push({ key: 'ArrowUp', name: act.before, act: () => desk.look(-1) });
  keys.push({ key: 'ArrowDown', name: act.after, act: () => desk.look(1) });
  keys.push({ key: 'a', name: add, act: () => desk.add('single') });
  keys.push({ key: 'u', name: act.undo, act: () => desk.undo() });
  if (desk.draft) keys.push({ key: 'Escape', name: edit.cancel, act: () => desk.cancel() });
  if (!asked) return keys;
  const place = desk.questions.indexOf(asked);
  keys.push({ key: 'e', name: act.edit, act: () => desk.edit(asked) });
  keys.push({
    key: 'p',
    name: desk.onScreen ? act.off : act.present,
    act: () => void desk.present(asked),
  });
  keys.push({ key: 'd', name: act.duplicate, act: () => void desk.duplicate(asked) });
  keys.push({ key: 'ArrowUp', alt: true, name: act.up, act: () => void desk.move(asked, place - 1) });
  keys.push({ key: 'ArrowDown', alt: true, name: act.down, act: () => void desk.move(asked, place + 1) });
  if (asked.state !== 'draft') {
    const name = asked.shown ? act.hide : act.show;
    keys.push({ key: 'r', name, act: () => void desk.results(asked) });
  }
  if (asked.state === 'open') keys.push({ key: 't', name: extendLabel, act: () => desk.extend(asked) });
  if (asked.state === 'closed') keys.push({ key: 'g', name: act.again, act: () => desk.again(asked) });
  if (asked.state !== 'open') keys.push({ key: 'Delete', name: act.drop, act: () => desk.drop(asked) });
  return keys;
}
