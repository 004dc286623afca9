// One file for both: what they share would else be a part of every page.
export { default as Panel } from './Panel.svelte';
export { default as Present } from './Present.svelte';
