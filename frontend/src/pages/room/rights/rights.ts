import type { Kind } from '../../../lib/net/protocol';
import { ROLES } from '../../../lib/room/lobby';

/** What a role may do beyond the one before it, by kind of activity, as names on the wire. */
export interface RoleRights {
  role: (typeof ROLES)[number];
  rights: { kind: string; commands: string[] }[];
}

/** The table of permissions as people read it: for each role, lowest first, what it is the least role of. */
export function rightsOf(table: ReadonlyMap<string, Kind>, kinds: readonly string[]): RoleRights[] {
  return ROLES.map((role) => ({
    role,
    rights: kinds.flatMap((kind) => {
      const all = [...(table.get(kind)?.commands ?? [])];
      const commands = all.filter(([, needs]) => needs.role === role).map(([name]) => name);
      return commands.length > 0 ? [{ kind, commands: commands.sort() }] : [];
    }),
  }));
}
