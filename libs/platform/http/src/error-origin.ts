const FRAMES = 4;
const here = `${process.cwd()}/`;

/**
 * Class of an error and the first places of our own in its stack, for the log.
 * The message stays out: libraries and databases quote data in theirs.
 */
export function originOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const name = /^[A-Za-z]{1,60}$/.test(error.name) ? error.name : 'Error';
  const { message } = error;
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at \S/.test(line) && !/node_modules|node:/.test(line));
  // A message of several lines could look like a place.
  const ours = places.map((line) => line.trim()).filter((place) => message === '' || !message.includes(place));
  return [name, ...ours.slice(0, FRAMES)].join(' | ').replaceAll(here, '').slice(0, 1000);
}
