import ClipboardCheck from '@lucide/svelte/icons/clipboard-check';
import type { ActivityModule } from '..';
import { name } from './name';

const screens = () => import('./screens');

export default {
  kind: 'survey',
  label: () => name().label,
  hint: () => name().hint,
  icon: ClipboardCheck,
  panel: async () => ({ default: (await screens()).Panel }),
  present: async () => ({ default: (await screens()).Present }),
} satisfies ActivityModule;
