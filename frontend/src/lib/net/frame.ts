import type * as wire from './protocol';

/** A frame that is not as the protocol says. `at` names the place in it. */
export class FrameError extends Error {
  readonly at: string;

  constructor(at: string, wanted: string) {
    super(`${at} is not ${wanted}`);
    this.name = 'FrameError';
    this.at = at;
  }
}

/**
 * Reads one frame from the server. What it does not know it leaves out, so that a newer server can
 * say more; anything of a wrong shape is a FrameError, and nothing else is thrown.
 */
export function readFrame(text: string): wire.ServerFrame {
  const o = object(parse(text), 'frame');
  const frame: wire.ServerFrame = {
    watch: named(o['watch'] ?? {}, 'watch', watchAnswer),
    unwatched: list(o['unwatched'], 'unwatched', string),
    events: list(o['events'], 'events', event),
    done: list(o['done'], 'done', whole),
    mine: list(o['mine'], 'mine', mine),
    signals: list(o['signals'], 'signals', signal),
    digests: list(o['digests'], 'digests', digest),
  };
  if (o['joined'] === true) frame.joined = joined(o);
  if (o['seq'] !== undefined) frame.seq = whole(o['seq'], 'seq');
  if (o['mark'] !== undefined) frame.mark = string(o['mark'], 'mark');
  if (o['member'] !== undefined) frame.member = member(o['member'], 'member');
  if (o['refused'] !== undefined) frame.refused = refused(o, 'refused');
  if (o['wait'] !== undefined) frame.wait = { ...refused(o, 'wait'), after: delay(o['after'], 500) };
  if (o['presence'] !== undefined) frame.presence = presence(o['presence']);
  if (o['beat'] !== undefined) frame.beat = beat(o['beat']);
  if (o['notices'] !== undefined) frame.notices = true;
  if (o['closing'] !== undefined) frame.closing = closing(o['closing']);
  return frame;
}

type Raw = Record<string, unknown>;

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new FrameError('frame', 'JSON');
  }
}

function object(value: unknown, at: string): Raw {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new FrameError(at, 'an object');
  return value as Raw;
}

function string(value: unknown, at: string): string {
  if (typeof value !== 'string') throw new FrameError(at, 'a text');
  return value;
}

function whole(value: unknown, at: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new FrameError(at, 'a whole number');
  return value as number;
}

function finite(value: unknown, at: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new FrameError(at, 'a number');
  return value;
}

function delay(value: unknown, otherwise: number): number {
  return value === undefined ? otherwise : Math.max(0, finite(value, 'after'));
}

function list<T>(value: unknown, at: string, item: (value: unknown, at: string) => T): T[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new FrameError(at, 'a list');
  return value.map((one, i) => item(one, `${at}[${i}]`));
}

/** A Map, since a name on the wire may be any word, `__proto__` too. */
function named<T>(value: unknown, at: string, item: (value: unknown, at: string) => T): Map<string, T> {
  return new Map(Object.entries(object(value, at)).map(([name, one]) => [name, item(one, `${at}.${name}`)]));
}

function joined(o: Raw): wire.Joined {
  return {
    build: string(o['build'] ?? '', 'build'),
    epoch: string(o['epoch'], 'epoch'),
    forked: o['forked'] === true,
    time: finite(o['time'], 'time'),
    member: member(o['member'], 'member'),
    kinds: named(o['kinds'] ?? {}, 'kinds', kind),
  };
}

function member(value: unknown, at: string): wire.Member {
  const o = object(value, at);
  return {
    id: string(o['id'], `${at}.id`),
    name: string(o['name'], `${at}.name`),
    colour: whole(o['colour'], `${at}.colour`),
    role: string(o['role'], `${at}.role`),
    ...(o['muted'] === true && { muted: true }),
  };
}

function kind(value: unknown, at: string): wire.Kind {
  const o = object(value, at);
  return {
    commands: named(o['commands'] ?? {}, `${at}.commands`, needs),
    signals: named(o['signals'] ?? {}, `${at}.signals`, needs),
  };
}

function needs(value: unknown, at: string): wire.Needs {
  const o = object(value, at);
  return {
    role: string(o['role'], `${at}.role`),
    class: string(o['class'] ?? '', `${at}.class`),
    unnumbered: o['unnumbered'] === true,
  };
}

function event(value: unknown, at: string): wire.RoomEvent {
  const o = object(value, at);
  return {
    in: string(o['in'], `${at}.in`),
    did: string(o['did'], `${at}.did`),
    with: o['with'] ?? null,
    by: string(o['by'] ?? '', `${at}.by`),
    peer: string(o['peer'] ?? '', `${at}.peer`),
    n: whole(o['n'] ?? 0, `${at}.n`),
    at: finite(o['at'], `${at}.at`),
    seq: whole(o['seq'], `${at}.seq`),
    ...(o['reveals'] === true && { reveals: true }),
  };
}

function signal(value: unknown, at: string): wire.Signal {
  const o = object(value, at);
  return {
    in: string(o['in'], `${at}.in`),
    signal: string(o['signal'], `${at}.signal`),
    with: o['with'] ?? null,
    by: string(o['by'] ?? '', `${at}.by`),
    peer: string(o['peer'] ?? '', `${at}.peer`),
    name: string(o['name'] ?? '', `${at}.name`),
    colour: whole(o['colour'] ?? 0, `${at}.colour`),
  };
}

function digest(value: unknown, at: string): wire.Digest {
  const o = object(value, at);
  return {
    in: string(o['in'], `${at}.in`),
    key: string(o['key'] ?? '', `${at}.key`),
    through: whole(o['through'], `${at}.through`),
    with: o['with'] ?? null,
  };
}

function mine(value: unknown, at: string): wire.Mine {
  const o = object(value, at);
  return { in: string(o['in'], `${at}.in`), with: o['with'] ?? null, seq: whole(o['seq'] ?? 0, `${at}.seq`) };
}

function watchAnswer(value: unknown, at: string): wire.WatchAnswer {
  const o = object(value, at);
  if (o['refused'] !== undefined) return { is: 'refused', refusal: refusal(o, string(o['refused'], at)) };
  const seq = whole(o['seq'], `${at}.seq`);
  const kindName = string(o['kind'] ?? '', `${at}.kind`);
  if (o['fetch'] !== undefined)
    return { is: 'fetch', seq, kind: kindName, url: string(o['fetch'], `${at}.fetch`) };
  if ('view' in o) return { is: 'view', seq, kind: kindName, view: o['view'], mine: o['mine'] ?? null };
  if (o['events'] !== undefined)
    return { is: 'events', seq, events: list(o['events'], `${at}.events`, event) };
  return { is: 'same', seq };
}

function refusal(o: Raw, because: string): wire.Refusal {
  const after = delay(o['after'], 0);
  return { because, say: string(o['say'] ?? '', 'say'), ...(after > 0 && { after }) };
}

function refused(o: Raw, key: 'refused' | 'wait'): wire.Refused {
  return {
    ...refusal(o, string(o['because'], 'because')),
    n: whole(o[key], key),
    ref: string(o['ref'] ?? '', 'ref'),
  };
}

function presence(value: unknown): wire.PresenceChange {
  const o = object(value, 'presence');
  return {
    people: whole(o['people'], 'presence.people'),
    here: list(o['here'], 'presence.here', person),
    gone: list(o['gone'], 'presence.gone', string),
    all: o['all'] === true,
  };
}

function person(value: unknown, at: string): wire.Person {
  return { ...member(value, at), tabs: whole(object(value, at)['tabs'] ?? 1, `${at}.tabs`) };
}

function beat(value: unknown): wire.Beat {
  const o = object(value, 'beat');
  return {
    seq: whole(o['seq'], 'beat.seq'),
    mark: string(o['mark'], 'beat.mark'),
    frames: whole(o['frames'], 'beat.frames'),
  };
}

function closing(value: unknown): wire.Closing {
  const o = object(value, 'closing');
  return { ...refusal(o, string(o['because'] ?? '', 'closing.because')), after: delay(o['after'], 1000) };
}
