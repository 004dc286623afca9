import CalendarCheck from '@lucide/svelte/icons/calendar-check';
import ChartBar from '@lucide/svelte/icons/chart-bar';
import Cloud from '@lucide/svelte/icons/cloud';
import Coins from '@lucide/svelte/icons/coins';
import ListChecks from '@lucide/svelte/icons/list-checks';
import ListOrdered from '@lucide/svelte/icons/list-ordered';
import Crosshair from '@lucide/svelte/icons/move-diagonal';
import MapPin from '@lucide/svelte/icons/map-pin';
import Presentation from '@lucide/svelte/icons/presentation';
import Ruler from '@lucide/svelte/icons/ruler';
import Star from '@lucide/svelte/icons/star';
import StickyNote from '@lucide/svelte/icons/sticky-note';
import Table from '@lucide/svelte/icons/table';

/** What stands for each form of question. */
export const icons = {
  single: ChartBar,
  multiple: ListChecks,
  rating: Star,
  ranking: ListOrdered,
  words: Cloud,
  wall: StickyNote,
  estimate: Ruler,
  points: Coins,
  dates: CalendarCheck,
  grid: Table,
  axes: Crosshair,
  pins: MapPin,
  slide: Presentation,
};
