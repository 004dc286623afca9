import FileText from '@lucide/svelte/icons/file-text';
import type { ActivityModule } from '..';
import { words } from './words';

export default {
  kind: 'doc',
  label: () => words().label,
  hint: () => words().hint,
  icon: FileText,
  panel: () => import('./Panel.svelte'),
  resume: async (room, id) => {
    const { documentOf } = await import('./documents');
    documentOf(room, id);
  },
} satisfies ActivityModule;
