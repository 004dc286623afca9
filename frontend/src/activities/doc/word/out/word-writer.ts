import { write, type Paper, type Written } from './write';

/** Makes a Word file where that does not hold up who writes. */
export interface Order {
  origin: string;
  somebody: string;
  paper: Paper;
  /** By the names of their files. */
  pictures: ReadonlyMap<string, Uint8Array>;
}

/** Null: it could not be made. */
export type Made = Written | null;

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  const { paper, pictures, ...ways } = data;
  write(paper, { ...ways, picture: (file) => pictures.get(file) ?? null }).then(
    (made: Made) => postMessage(made, { transfer: made ? [made.file] : [] }),
    () => postMessage(null),
  );
});
