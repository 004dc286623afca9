import { aboutRoom, doorPath } from './api';
import type { Member, Refusal } from './protocol';

/** So long, ms, until one looks again after the stream was refused. */
const AGAIN = 3000;

/**
 * Waits at the door of a room until a host has decided, also across a restart of the server. What it returns
 * ends that.
 */
export function waitAtDoor(code: string, told: (answer: { member: Member } | Refusal) => void): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;

  function end(): void {
    over = true;
    clearTimeout(timer);
    source.close();
  }

  function answer(what: { member: Member } | Refusal): void {
    if (over) return;
    end();
    told(what);
  }

  function listen(): void {
    source = new EventSource(doorPath(code));
    source.onmessage = ({ data }) => {
      const what = JSON.parse(String(data)) as Partial<{ member: Member } & Refusal>;
      if (what.member) answer({ member: what.member });
      else if (what.because) answer({ because: what.because, say: what.say ?? '' });
    };
    // A browser comes back by itself after a lost connection, but not after a refusal.
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(look, AGAIN);
    };
  }

  function look(): void {
    aboutRoom(code).then(
      ({ member, waiting }) => {
        if (member) answer({ member });
        else if (waiting && !over) listen();
        else answer({ because: 'not-member', say: 'You are not in this room.' });
      },
      () => {
        if (!over) timer = setTimeout(look, AGAIN);
      },
    );
  }

  listen();
  return end;
}
