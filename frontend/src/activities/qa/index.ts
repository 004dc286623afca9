import Questions from '@lucide/svelte/icons/message-circle-question-mark';
import type { ActivityModule } from '..';
import { name } from './name';

const screens = () => import('./screens');

export default {
  kind: 'qa',
  label: () => name().label,
  hint: () => name().hint,
  place: true,
  icon: Questions,
  panel: async () => ({ default: (await screens()).Panel }),
  present: async () => ({ default: (await screens()).Present }),
} satisfies ActivityModule;
