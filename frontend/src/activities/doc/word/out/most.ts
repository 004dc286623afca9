/** Bytes of pictures in a file at most. What is beyond stands there in words. */
export const MOST = 30_000_000;
