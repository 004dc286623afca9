import { mount } from 'svelte';
import './styles/all.css';
import App from './App.svelte';
import { language } from './lib/i18n';
import { router } from './lib/router.svelte';

document.documentElement.lang = language();
router.listen();

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
mount(App, { target });
