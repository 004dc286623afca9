import type { Choice } from '../../ui/MenuItem.svelte';
import type { Acts } from './acts.svelte';
import type { Counted } from './state';
import { words } from './words';

/** What the menu of a question offers: to hosts, and to who asked it. */
export function choices(acts: Acts, q: Counted, mine: boolean): Choice[] {
  const { act } = words();
  const now = acts.live.qa?.now === q.id;
  const write = (what: 'answer' | 'reason' | 'edit') => (): void => {
    acts.writing = { id: q.id, what };
  };
  const all: Choice[] = [];
  if (acts.live.host) {
    if (q.state === 'shown' && !now) all.push({ name: act.answered, act: () => acts.answer(q) });
    if (q.state === 'queued' || q.state === 'shown' || q.state === 'answered')
      all.push({ name: act.answer, act: write('answer') });
    if (q.state === 'answered') all.push({ name: act.reopen, act: () => acts.reopen(q) });
    if (q.state === 'shown') all.push({ name: q.pinned ? act.unpin : act.pin, act: () => acts.pin(q) });
    if (q.state === 'queued' || q.state === 'shown')
      all.push({ name: act.merge, act: () => (acts.merging = q.id) });
    if (q.state === 'dismissed') all.push({ name: act.approve, act: () => acts.approve(q) });
    if (q.state === 'shown') all.push({ name: act.hold, act: () => acts.hold(q) });
    if (q.state === 'shown' || q.state === 'answered')
      all.push({ name: act.dismiss, act: () => acts.dismiss(q) });
    if (q.state !== 'merged') all.push({ name: act.dismissWhy, act: write('reason') });
  }
  if (mine && !now && (q.state === 'queued' || q.state === 'shown'))
    all.push({ name: act.edit, act: write('edit') });
  if (mine && !now && q.state !== 'answered' && q.state !== 'merged')
    all.push({ name: act.withdraw, danger: true, act: () => acts.withdraw(q) });
  return all;
}
