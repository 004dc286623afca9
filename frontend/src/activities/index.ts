import type { Component, Snippet } from 'svelte';
import type { Room } from '../lib/net/room';
import type { Stops } from '../lib/room/lobby';

/** What a panel of an activity is given. */
export interface PanelProps {
  room: Room;
  id: string;
  /** How many people are in the room now. */
  here?: number;
  /** What brakes of the room stop for this person now. */
  stops?: Stops;
  /** On the projector: what is shown while the activity has nothing to show there. */
  children?: Snippet;
}

/** An entry in the menu of kinds. */
export interface Entry {
  label(): string;
  hint(): string;
  icon: Component<{ size?: number | string }>;
}

/** Which files can become an activity, and how. */
export interface FileWords {
  /** The ends of their names, as for an input. */
  accept: string;
  takes(file: File): boolean;
  /** Its entry in the menu of kinds; without one, that of another kind is for these files, too. */
  entry?: Entry;
  /** What the activity is called. */
  title(file: File): string;
  /** What it is made with. */
  settings?(file: File): Promise<unknown>;
  /** Fills a new activity. What it returns is why that failed, as a sentence; null if it did not. */
  bring(code: string, id: string, file: File): Promise<string | null>;
}

/** What an activity has to say while nobody looks at it. */
export interface Attention {
  /** So much is new to the person. Both are reactive. */
  readonly unread: number;
  /** Some of it speaks to the person. */
  readonly called: boolean;
  /** Shows a place in it, or in what stands with it, when it is shown. */
  show(seq: number, activity?: string): void;
  /** So much of it is from a member to this person alone. */
  from(member: string): number;
  /** Begins to write to a member alone, when it is shown. */
  write(member: { id: string; name: string; colour: number }): void;
  close(): void;
}

/** One kind of activity in the browser. The server's kind of the same name decides what happens. */
export interface ActivityModule {
  kind: string;
  /** Its name in the menu of kinds, in the language on the screen. */
  label(): string;
  /** One line that says what it is for. */
  hint(): string;
  icon: Component<{ size?: number | string }>;
  /** Others of the kind, each made with settings of its own. */
  also?: readonly (Entry & { settings: unknown })[];
  /** It has a place of its own on a phone's bottom bar. */
  place?: boolean;
  /** Loaded when somebody opens one. */
  panel(): Promise<{ default: Component<PanelProps> }>;
  /** How it looks on the projector, if it can be shown there. */
  present?(): Promise<{ default: Component<PanelProps> }>;
  /** If files can become an activity of this kind. */
  files?: FileWords;
  /** Follows an activity that stands beside everything else, while nobody looks at it. */
  attend?(room: Room, id: string): Promise<Attention>;
  /** Tells whether this device can show one although the server cannot be reached. */
  kept?(room: Room, id: string): Promise<boolean>;
  /** Goes on with what this tab's queue has kept of an activity, while nobody looks at it. */
  resume?(room: Room, id: string): Promise<void>;
}

const modules = import.meta.glob<{ default: ActivityModule }>('./*/index.ts', { eager: true });

/** Every kind this page knows, in the order of the menu. */
export const kinds: readonly ActivityModule[] = Object.values(modules)
  .map((module) => module.default)
  .sort((a, b) => (a.kind < b.kind ? -1 : 1));

/** The module of a kind; undefined if the server knows a kind that this page does not. */
export function kindOf(kind: string): ActivityModule | undefined {
  return kinds.find((module) => module.kind === kind);
}
