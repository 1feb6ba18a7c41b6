import { InputError } from '../../../core/errors.ts';
import type { ByteStore } from '../../../io/byte-store.ts';
import {
  decodeDescribed,
  encodeDescribed,
  type FileKind,
} from '../../../learning/model/described.ts';
import type { Layout } from './layout-steps.ts';

const KIND: FileKind = { format: 'tammes-layout', version: 1, title: 'checkpoint of a layout' };

/** Whose layout it is. */
export interface LayoutOwner {
  readonly id: string;
  readonly steps: number;
  readonly fingerprint: string;
}

/** Replaces what is in the store by where the layout stands after so many steps. */
export async function saveLayout(
  store: ByteStore,
  owner: LayoutOwner,
  step: number,
  { data, rows, cols }: Layout,
): Promise<void> {
  const tensors = [{ name: 'layout', shape: [rows, cols], data }];
  await store.save(encodeDescribed(KIND, { ...owner, step }, tensors));
}

/**
 * Writes the layout that the store has into `layout` and returns how many steps it has done; 0 where nothing is there.
 *
 * @throws InputError where it is a layout of other rows, options or seed
 */
export async function loadLayout(
  store: ByteStore,
  { id, steps, fingerprint }: LayoutOwner,
  layout: Layout,
): Promise<number> {
  const bytes = await store.load();
  if (!bytes) return 0;
  const { fields, tensors } = await decodeDescribed(bytes, store.name, KIND);
  const { step } = fields;
  const saved = tensors.get('layout');
  const isOurs =
    fields['id'] === id && fields['steps'] === steps && fields['fingerprint'] === fingerprint;
  if (!isOurs)
    throw new InputError(
      store.name,
      `the checkpoint is of ${fields['id'] === id ? 'other rows, options or another seed' : String(fields['id'])}; expected that of this run of ${id}: name another file, or leave out --resume to start anew.`,
    );
  const isWhole =
    saved?.data.length === layout.data.length &&
    Number.isSafeInteger(step) &&
    Number(step) >= 0 &&
    Number(step) <= steps;
  if (!isWhole)
    throw new InputError(store.name, 'the layout of the checkpoint is damaged; start anew.');
  layout.data.set(saved.data);
  return Number(step);
}

/** A number of 32 bits that tells arrays and settings from others, as text. */
export function fingerprintOf(
  settings: unknown,
  arrays: readonly (Int32Array | Float64Array)[],
): string {
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify(settings))
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  for (const { buffer, byteOffset, byteLength } of arrays) {
    const words = new Int32Array(buffer, byteOffset, byteLength / 4);
    for (let at = 0; at < words.length; at++) {
      hash = Math.imul(hash ^ words[at], 0x01000193);
      hash ^= hash >>> 15;
    }
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
