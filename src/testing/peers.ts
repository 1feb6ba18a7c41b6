import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { PeerLoader } from '../adapters/search/types.ts';

/** Packages that install with scripts, or are large, are no dependencies: `npm i --prefix build/peers NAME` gets them. */
const FOLDER = 'build/peers';
const required = createRequire(
  fileURLToPath(new URL(`../../${FOLDER}/package.json`, import.meta.url)),
);

/** Loads a package from there. */
export const loadPeer: PeerLoader = async (name) => required(name);

/** Why tests with a package cannot run; empty where they can. */
export function missingPeer(name: string): string {
  try {
    required(name);
    return '';
  } catch {
    return `npm i --prefix ${FOLDER} ${name}`;
  }
}
