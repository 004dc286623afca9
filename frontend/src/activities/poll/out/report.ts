import { read } from '../../../lib/net/api';
import type { Result } from '../outcome/counted';
import type { Asked } from '../question';

/** A round of a question, with what it added up to. */
export interface Reported extends Asked {
  /** Of the question in the deck, from 1. */
  place: number;
  /** Of a closed ranking, by every method; the one that decides first. */
  methods?: readonly Result[];
  /** Of a wall: what everybody may see, the newest first. */
  texts?: readonly string[];
}

/** All that was asked. */
export interface Report {
  title: string;
  rounds: readonly Reported[];
  /** How many earlier rounds are not in it. */
  left?: number;
}

/** Reads the report, as the screens know questions. */
export async function readReport(code: string, activity: string): Promise<Report> {
  const report = await read<Report>(code, activity, 'report');
  const rounds = report.rounds.map((round) => ({
    ...round,
    points: round.points ?? null,
    answers: round.answers ?? null,
    through: 0,
  }));
  return { ...report, rounds };
}
