import FileUp from '@lucide/svelte/icons/file-up';
import FileText from '@lucide/svelte/icons/file-text';
import type { ActivityModule } from '..';
import { ACCEPT, bring, titleOf, typeOf } from './more/files';
import { words as more } from './more/words';
import { keptCopy } from '../../lib/room/shelf';
import { words } from './words';

export default {
  kind: 'doc',
  label: () => words().label,
  hint: () => words().hint,
  icon: FileText,
  files: {
    accept: ACCEPT,
    takes: (file) => typeOf(file) !== null,
    entry: { label: () => more().files.add, hint: () => more().files.addHint, icon: FileUp },
    title: titleOf,
    bring,
  },
  panel: () => import('./Panel.svelte'),
  kept: async (room, id) => room.record(id) !== undefined || (await keptCopy(room.code, id)) !== null,
  resume: async (room, id) => {
    const { documentOf } = await import('./documents');
    documentOf(room, id);
  },
} satisfies ActivityModule;
