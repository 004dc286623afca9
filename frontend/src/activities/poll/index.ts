import ChartBar from '@lucide/svelte/icons/chart-bar';
import type { ActivityModule } from '..';
import { name } from './name';

export default {
  kind: 'poll',
  label: () => name().label,
  hint: () => name().hint,
  icon: ChartBar,
  panel: () => import('./Panel.svelte'),
  present: () => import('./Present.svelte'),
} satisfies ActivityModule;
