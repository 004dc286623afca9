import type { Person, PresenceChange } from './protocol';

/** Who is in the room. In a crowd only the number and the hosts are told. */
export interface Here {
  people: number;
  here: readonly Person[];
}

/** Applies what the server tells of who came and who went. Returns a new value; the old one is unchanged. */
export function present(before: Here, change: PresenceChange): Here {
  const people = new Map((change.all ? [] : before.here).map((person) => [person.id, person]));
  for (const id of change.gone) people.delete(id);
  for (const person of change.here) people.set(person.id, person);
  return { people: change.people, here: [...people.values()] };
}
