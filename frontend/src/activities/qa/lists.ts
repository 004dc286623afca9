import { sorted, type Order } from './order';
import type { Counted, Own, Qa } from './state';

/** Which questions a list shows. */
export type Tab = 'queue' | 'shown' | 'answered' | 'mine' | 'dismissed';

/** The tabs there are for a person: hosts have two more, where there is something for them. */
export function tabsOf(qa: Qa, host: boolean): Tab[] {
  const has = (...states: string[]): boolean => qa.questions.some((q) => states.includes(q.state));
  return [
    ...(host && (qa.moderated || has('queued')) ? (['queue'] as const) : []),
    'shown',
    'answered',
    'mine',
    ...(host && has('dismissed', 'merged') ? (['dismissed'] as const) : []),
  ];
}

/** The questions of a tab, in the order in which they belong. People is -1 where the person may not know. */
export function listed(qa: Qa, own: Own, tab: Tab, order: Order): Counted[] {
  const of = (...states: string[]): Counted[] => qa.questions.filter((q) => states.includes(q.state));
  switch (tab) {
    case 'queue':
      return sorted(of('queued'), 'old');
    case 'shown': {
      // What is being answered stands where one looks first.
      const first = (q: Counted): Counted => (q.id === qa.now ? { ...q, pinned: true, people: Infinity } : q);
      const known = new Map(qa.questions.map((q) => [q.id, q]));
      return sorted(of('shown').map(first), order).map((q) => known.get(q.id) ?? q);
    }
    case 'answered':
      return sorted(of('answered'), 'new');
    case 'dismissed':
      return sorted(of('dismissed', 'merged'), 'new');
    case 'mine':
      return own.questions.map(
        (q) => qa.questions.find((c) => c.id === q.id) ?? { ...q, people: -1, through: 0 },
      );
  }
}
