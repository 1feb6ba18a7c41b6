import { defineFamily } from '../../method/family.ts';
import type { AnyMethod } from '../../method/method.ts';
import type { Kind } from './types.ts';

/** What a command that builds an index reads and writes. */
const FILES: Readonly<Record<Kind, string>> = {
  points: 'vectors.npy -o vectors.index',
  sets: 'tokens.parquet --document id -o tokens.index',
  sparse: 'vectors.npy -o vectors.index',
  texts: 'texts.jsonl -o texts.index',
};

export const family = /* @__PURE__ */ defineFamily({
  id: 'search',
  order: 110,
  title: 'Search',
  summary: 'Indexes: the nearest rows, sets or texts, with the recall of every answer.',
  maps: 'points → index',
  uses: ['compression'],
  usage: (method: AnyMethod & { readonly takes?: Kind }) =>
    `tammes search build ${FILES[method.takes ?? 'points']} --index ${method.spec.id}`,
});
