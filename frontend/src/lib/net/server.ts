import { reaches, type Joined, type Kind } from './protocol';

/** What the server has said of itself: its clock, its build, and what each kind of activity lets whom do. */
export class Server {
  /** It is another build than this page, or, where that is not known, than the one first seen. */
  newVersion = false;
  /** Its clock less ours, ms. */
  ahead = 0;
  kinds: ReadonlyMap<string, Kind> = new Map();
  #build: string | null;

  constructor(build: string | null = null) {
    this.#build = build;
  }

  joined({ build, time, kinds }: Joined, now: number): void {
    this.#build ??= build;
    this.newVersion ||= build !== this.#build;
    this.ahead = time - now;
    this.kinds = kinds;
  }

  /**
   * Tells whether a role may send a command or signal of a kind, if it is of no class that is stopped; what
   * is not known may not be sent.
   */
  allows(role: string, kind: string, name: string, stopped: readonly string[] = []): boolean {
    const { commands, signals } = this.kinds.get(kind) ?? {};
    const needs = commands?.get(name) ?? signals?.get(name);
    return needs !== undefined && reaches(role, needs.role) && !stopped.includes(needs.class);
  }
}
