import type { RoomEvent } from '../../../lib/net/protocol';

/** What is right: places of options, how far from the true value, or texts. */
export interface Key {
  right?: readonly number[];
  within?: number;
  accept?: readonly string[];
}

/** How a quiz gives points. */
export interface Rules {
  /** Faster answers get more. */
  speed: boolean;
  /** Several right answers in a row get more. */
  streak: boolean;
  /** Seconds to read a question before it can be answered. */
  reading: number;
}

/** Somebody on the leader board. */
export interface Row {
  member: string;
  points: number;
  rank: number;
  /** The rank before the last question; left out: none. */
  was?: number;
}

/** People whose points go together. */
export interface Team {
  name: string;
  /** 1 to 12, of the palette. */
  colour: number;
}

/** The teams of a quiz. */
export interface Teams {
  teams: readonly Team[];
  /** People choose theirs; else they are dealt out. */
  choose: boolean;
  /** A team has the sum of its members' points; else their mean. */
  sum: boolean;
  /** How many people are in each. */
  sizes: readonly number[];
}

/** How a team stands. */
export interface TeamRow {
  /** Its place among the teams, from 0. */
  team: number;
  points: number;
  rank: number;
  was?: number;
  /** Whose points these are. */
  people: number;
}

export interface Board {
  show: 'board' | 'podium';
  teams?: readonly TeamRow[];
  /** How many have a rank. */
  people: number;
  rows: readonly Row[];
}

/** The quiz that a poll is. */
export interface Game {
  rules: Rules;
  /** While it is on the screens. */
  board?: Board;
  /** For hosts: who has more time, in percent; -1: without end. */
  more?: Readonly<Record<string, number>>;
  teams?: Teams;
}

/** How a person stands in it. */
export interface Score {
  points: number;
  rank: number;
  of: number;
  streak: number;
}

/** What a person got for a question. */
export interface Gain {
  points: number;
  bonus?: number;
  /** Wholly. */
  right: boolean;
  took: number;
}

/** A person's own part of a quiz, as the server tells it. */
export interface Own {
  score?: Score;
  /** The person's time in percent, if it is more than that of others; -1: without end. */
  more?: number;
  /** The person's team, from 1, and how it stands. */
  team?: number | undefined;
  side?: TeamRow;
  /** The person has used a code. */
  right?: boolean;
  ballots?: Readonly<Record<string, { round: number; gain?: Gain }>>;
}

const PLAIN: Rules = { speed: false, streak: false, reading: 0 };

/** The quiz after an event about it; null when the poll is none. */
export function gameAfter(before: Game | null, host: boolean, { did, with: told }: RoomEvent): Game | null {
  const to = told as Rules & { board?: Board | null; member: string; more: number };
  const { rules = PLAIN, board = null, more = {}, teams } = before ?? {};
  if (did === 'teams') return game(rules, board, more, told as Teams);
  if (did === 'ruled')
    return game({ speed: to.speed, streak: to.streak, reading: to.reading }, board, more, teams);
  if (did !== 'allowed') return game(rules, to.board ?? null, more, teams);
  const { [to.member]: _, ...others } = more;
  return game(rules, board, host && to.more !== 0 ? { ...others, [to.member]: to.more } : others, teams);
}

function game(
  rules: Rules,
  board: Board | null,
  more: Readonly<Record<string, number>>,
  teams?: Teams,
): Game | null {
  const all = {
    ...(board ? { board } : {}),
    ...(Object.keys(more).length > 0 ? { more } : {}),
    ...(teams?.teams.length ? { teams } : {}),
  };
  const plain = !rules.speed && !rules.streak && rules.reading === 0;
  return plain && Object.keys(all).length === 0 ? null : { rules, ...all };
}

/** When a question closes for somebody with so much time; 0: never. */
export function closesFor({ opened, closes }: { opened: number; closes: number }, more = 0): number {
  if (more < 0) return 0;
  return more > 0 && closes > 0 ? opened + ((closes - opened) * more) / 100 : closes;
}
