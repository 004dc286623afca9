/** What a host's desk loads when it is used. */
export { default as Compare } from '../compare/Compare.svelte';
export { default as Hall } from '../compare/Hall.svelte';
export { default as Import } from '../intake/Import.svelte';
export { default as Sheet } from '../gate/Sheet.svelte';
export { default as Who } from '../gate/Who.svelte';
export { default as Minutes } from '../out/Minutes.svelte';
export { default as Report } from '../out/Report.svelte';
export { keep, saveChart } from '../out/save';
