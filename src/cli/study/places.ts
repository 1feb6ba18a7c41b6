import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InputError } from '../../core/errors.ts';
import type { StudyData } from '../../studies/index.ts';

/** The folder of the package; the same from the source and from the build. */
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A published package has no source. */
const isCheckout = existsSync(join(root, 'src', 'studies'));

/** The pages of the repository; the index of all studies is among them. */
export const docsFolder = join(root, 'docs', 'studies');

/** Where a study's page and its state go; no page where `pages` is undefined. */
export interface Places {
  readonly pages: string | undefined;
  readonly state: string;
}

/** `--out` says where; else a full run in a checkout writes its page into `docs/studies`. */
export function placesOf(id: string, quick: boolean, out: string | undefined): Places {
  const name = `${id}.${quick ? 'quick' : 'full'}.state.json`;
  if (out !== undefined) return { pages: out, state: join(out, name) };
  if (!isCheckout) return { pages: undefined, state: name };
  return { pages: quick ? undefined : docsFolder, state: join(root, 'out', 'studies', name) };
}

export interface GivenData extends StudyData {
  /** Whether a study has asked for a full set. */
  wasAsked(): boolean;
}

/** The folders of `study-data/` in the checkout, and those of full sets, which lie in `given`. */
export function studyData(given?: string): GivenData {
  if (given !== undefined && !existsSync(given))
    throw new InputError('study', `--data ${given}: expected a folder of data sets; got none.`);
  let asked = false;
  return {
    wasAsked: () => asked,
    async folder(name) {
      const folder = join(root, 'study-data', name);
      if (existsSync(folder)) return new URL(`../../../study-data/${name}/`, import.meta.url);
      throw new InputError(
        'study',
        isCheckout
          ? `there is no folder study-data/${name}.`
          : `this study needs study-data/${name} and so a checkout of the repository; the package does not have it.`,
      );
    },
    async full(name) {
      asked = true;
      if (given === undefined) return undefined;
      const folder = join(given, name);
      if (existsSync(folder)) return pathToFileURL(`${folder}/`);
      throw new InputError(
        'study',
        `--data ${given}: expected a folder ${name} in it; got none (without --data the study takes its slice, study-data/${name}).`,
      );
    },
  };
}

/** What the state of a stopped run belongs to: this build in a checkout, else this version. */
export const buildStamp = join(root, 'dist', '.stamp');
