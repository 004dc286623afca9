import type { Answer, Rows } from '../ballot';
import type { Asked } from '../question';
import type { Scene } from '../voting/scene';

/** What somebody has answered, also when it is not enough for a vote yet. */
export function mine({ seat }: Scene, asked: Asked): Rows {
  const draft = seat.noted<Rows>(asked);
  if (draft) return draft;
  const at = seat.standing(asked);
  const answer: Answer | null = at.is === 'none' ? null : at.is === 'refused' ? at.counted : at.answer;
  return answer && 'rows' in answer ? answer.rows : {};
}

/** Answers some rows: a vote as soon as they are enough, a vote taken back when there are none. */
export function answer(scene: Scene, asked: Asked, change: Rows): void {
  const { seat } = scene;
  const all = { ...mine(scene, asked), ...change };
  const rows = Object.fromEntries(Object.entries(all).filter(([, columns]) => columns.length > 0));
  const answered = Object.keys(rows).length;
  if (answered >= asked.least) seat.vote(asked, { rows });
  else if (answered === 0 && seat.standing(asked).is !== 'none') seat.vote(asked, { options: [] });
  else seat.note(asked, rows);
}
