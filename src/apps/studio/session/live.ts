import type { LiveDispersion } from '../live/dispersion.ts';

/** What a person steers before it counts: outside of the history, gone with the session, and one of a kind at a time. */
export interface Live {
  dispersion?: LiveDispersion | undefined;
}
