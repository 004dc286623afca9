/** A word of a cloud in its most frequent spelling, and how many people gave it. */
export interface Word {
  text: string;
  count: number;
}

/** An answer on a wall. */
export interface Card {
  id: string;
  text: string;
}

/** What many numbers look like. Half of them lie between low and high. */
export interface Numbers {
  median: number;
  mean: number;
  low: number;
  high: number;
  least: number;
  greatest: number;
  /** Columns from `start` on, each so wide. */
  start: number;
  width: number;
  bins: readonly number[];
  /** Far away from all others, and in no column. */
  below?: number;
  above?: number;
}

/** The results of a special form. What is empty is left out. */
export interface Answers {
  /** The most frequent words, these first. */
  words?: readonly Word[];
  /** How many different words, or answers on the wall, there are to be seen. */
  of?: number;
  /** For hosts: words that were taken out. */
  out?: readonly Word[];
  /** The newest answers on the wall, these first. */
  cards?: readonly Card[];
  /** For hosts: what is to be read, the oldest first, and how much of it there is. */
  waiting?: readonly Card[];
  waits?: number;
  /** For hosts: how many answers on the wall are held back. */
  held?: number;
  numbers?: Numbers;
  /** Of pins: how many there are; and of the heat map how many in each field, row by row, -n for n empty ones. */
  pins?: number;
  heat?: readonly number[];
  /** The true value, after the close. */
  truth?: number;
}
