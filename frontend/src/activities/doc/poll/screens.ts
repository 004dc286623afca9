/** What a document loads when a poll stands in it, or somebody puts one in. */
export { default as Blocks } from './Blocks.svelte';
export { default as NewPoll } from './NewPoll.svelte';
