import { ask, post, tell, type ViewAnswer } from '../../../lib/net/api';
import type { Delta } from '../../../lib/delta';
import { appended, minutes } from './minutes';
import type { Report } from './report';

/** Puts what came out at the end of a document. Another change at the same time is no harm. */
export async function putInto(code: string, id: string, report: Report): Promise<void> {
  const { view } = await ask<ViewAnswer>(path(code, id, 'view'));
  const { rev, content } = view as { rev: number; content: Delta };
  await tell(code, id, 'change', { base: rev, change: appended(content, minutes(report)) });
}

/** Makes a document of what came out. */
export async function putIntoNew(code: string, title: string, report: Report): Promise<void> {
  const content = appended([{ insert: '\n' }], minutes(report));
  const settings = { content: [...content, { insert: '\n' }] };
  await ask(path(code, 'lobby', 'add'), post({ with: { kind: 'doc', title, settings } }));
}

function path(code: string, activity: string, what: string): string {
  return `/api/rooms/${encodeURIComponent(code)}/activities/${activity}/${what}`;
}
