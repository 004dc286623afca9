import type { Outcome } from '../../lib/net/outbox';
import type { RoomEvent } from '../../lib/net/protocol';
import type { Command } from '../../lib/net/store';
import { afterLook, type Polled } from './poll/told';
import { afterDecision, afterSuggested, decisionOf, type Decision, type Suggestion } from './suggest/told';
import { Remarks } from './talk/remarks';
import { afterTalk, type Thread } from './talk/threads';
import { named, type Version, type View } from './told';

/** What a document has beside its text: versions with names, who suggests, polls, threads of comments, and those on their way. */
export class Beside extends Remarks {
  versions: readonly Version[] = [];
  threads: readonly Thread[] = [];
  suggestions: readonly Suggestion[] = [];
  polls: readonly Polled[] = [];
  /** Of a source: '' is Markdown; null as long as nobody has said. */
  language: string | null = null;
  /** What the room has decided last while one looked. */
  decision: Decision | null = null;

  open(view: View): View {
    this.versions = view.versions;
    this.threads = view.threads;
    this.suggestions = view.suggestions;
    this.polls = view.polls;
    this.language = view.language;
    return view;
  }

  /** True if the event is about something beside the text. */
  hear(event: RoomEvent): boolean {
    const threads = afterTalk(this.threads, event);
    const suggestions = afterSuggested(this.suggestions, event);
    if (threads) this.threads = threads;
    else if (suggestions) this.suggestions = suggestions;
    else if (event.did === 'coded') this.language = (event.with as { language: string }).language;
    else if (event.did === 'named' || event.did === 'unnamed') this.versions = named(this.versions, event);
    else {
      if (event.did === 'changed') {
        this.#decided(decisionOf(event.with));
        this.missed(event.with);
      }
      return false;
    }
    return true;
  }

  /** Hears what was seen of polls, by a change or by all that one has missed. */
  missed(changes: unknown): void {
    this.polls = afterLook(this.polls, (changes as { polls?: unknown } | null)?.polls);
  }

  #decided(decision: Decision | null): void {
    if (!decision) return;
    this.decision = decision;
    this.suggestions = afterDecision(this.suggestions, decision);
  }

  /** A command about it is settled. Returns the words that have come to nothing; '' if there are none. */
  settled(command: Command, outcome: Outcome): string {
    if (command.do === 'comment') this.arrived(command.n);
    return outcome.is === 'done' ? '' : ((JSON.parse(command.with) as { text?: string }).text ?? '');
  }
}
