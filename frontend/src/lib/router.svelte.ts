/** Where somebody is. */
export type Route =
  | { page: 'home' | 'account' | 'rooms' | 'kit' | 'missing' }
  | { page: 'room' | 'present' | 'host'; code: string }
  | { page: 'screen'; key: string };

const pages: Record<string, 'home' | 'account' | 'rooms' | 'kit'> = {
  '/': 'home',
  '/account': 'account',
  '/rooms': 'rooms',
  '/kit': 'kit',
};
const inRoom = /^\/r\/([A-Za-z0-9]{6})(?:\/(present|host))?\/?$/;

/** The route of a path; codes are upper case, whatever was typed. */
export function match(path: string): Route {
  const alone = pages[path];
  if (alone) return { page: alone };
  if (path.startsWith('/screen/')) return { page: 'screen', key: path.slice(8) };
  const [, code, page] = inRoom.exec(path) ?? [];
  if (!code) return { page: 'missing' };
  return { page: page === 'present' || page === 'host' ? page : 'room', code: code.toUpperCase() };
}

class Router {
  route = $state.raw<Route>(match(location.pathname));

  /** The code of the room one is in, "" outside of rooms. */
  get code(): string {
    return 'code' in this.route ? this.route.code : '';
  }

  /** Goes to a path of ours, without a reload. */
  go(path: string, { replace = false } = {}): void {
    history[replace ? 'replaceState' : 'pushState'](null, '', path);
    this.route = match(location.pathname);
    scrollTo(0, 0);
  }

  /** Makes links and the back button change the route instead of loading the page again. */
  listen(): void {
    addEventListener('popstate', () => (this.route = match(location.pathname)));
    document.addEventListener('click', (event) => {
      const link = (event.target as Element | null)?.closest?.('a');
      if (!link || !ours(event, link)) return;
      event.preventDefault();
      if (link.href !== location.href) this.go(link.pathname + link.search + link.hash);
    });
  }
}

// A new tab, a download, another site and a place on this page stay the browser's business.
function ours(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const here = link.origin === location.origin && (!link.target || link.target === '_self');
  const inPage = link.hash !== '' && link.pathname === location.pathname && link.search === location.search;
  return (
    plain && here && !inPage && !event.defaultPrevented && !link.hasAttribute('download') && served(link)
  );
}

function served(link: HTMLAnchorElement): boolean {
  return match(link.pathname).page !== 'missing';
}

export const router = new Router();
