import Questions from '@lucide/svelte/icons/message-circle-question-mark';
import type { ActivityModule } from '..';
import { words } from './words';

export default {
  kind: 'qa',
  label: () => words().label,
  hint: () => words().hint,
  place: () => words().place,
  icon: Questions,
  panel: () => import('./Panel.svelte'),
  present: () => import('./Present.svelte'),
} satisfies ActivityModule;
