import { InputError } from '../../core/errors.ts';
import { type Matrix, rows } from '../../core/matrix.ts';
import { bytesOf, quantizedVectors } from '../../io/datasets/quantized.ts';
import type { StudyData } from '../define.ts';

/** Sentences with their embeddings. */
export interface Requests {
  readonly sentences: readonly string[];
  /** n × 192, unit rows. */
  readonly vectors: Matrix<Float32Array>;
  /** Place of each sentence's intent in `intents`; −1 out of scope. */
  readonly labels: Int32Array;
}

type Part = 'train' | 'val' | 'test';

/** CLINC150: what people ask an assistant for. */
export interface RequestSet {
  /** The 150 intents, domain by domain. */
  readonly intents: readonly string[];
  readonly domains: readonly string[];
  /** The domain of each intent. */
  readonly domainOf: Int32Array;
  readonly inScope: Readonly<Record<Part, Requests>>;
  readonly outOfScope: Readonly<Record<Part, Requests>>;
}

type Pairs = readonly (readonly [sentence: string, intent: string])[];

const PARTS = ['train', 'val', 'test', 'oos_train', 'oos_val', 'oos_test'] as const;

export async function loadRequests(data: StudyData): Promise<RequestSet> {
  const folder = await data.folder('clinc150');
  const json = async (name: string): Promise<unknown> =>
    JSON.parse(new TextDecoder().decode(await bytesOf(new URL(name, folder))));
  const byDomain = (await json('domains.json')) as Readonly<Record<string, readonly string[]>>;
  const byPart = (await json('sentences.json.gz')) as Readonly<
    Record<(typeof PARTS)[number], Pairs>
  >;
  const n = PARTS.reduce((sum, part) => sum + byPart[part].length, 0);
  const vectors = await quantizedVectors(new URL('vectors.i8.gz', folder), n);

  const intents = Object.values(byDomain).flat();
  const place = new Map([...intents.map((intent, i) => [intent, i] as const), ['oos', -1]]);
  let at = 0;
  const of = (part: (typeof PARTS)[number]): Requests => {
    const pairs = byPart[part];
    const labels = Int32Array.from(pairs, ([, intent], i) => {
      const label = place.get(intent);
      if (label !== undefined) return label;
      throw new InputError(
        folder.pathname,
        `row ${i} of ${part}: the intent ${intent} has no domain.`,
      );
    });
    at += pairs.length;
    return {
      sentences: pairs.map(([sentence]) => sentence),
      vectors: rows(vectors, at - pairs.length, at),
      labels,
    };
  };
  const inScope = { train: of('train'), val: of('val'), test: of('test') };
  const outOfScope = { train: of('oos_train'), val: of('oos_val'), test: of('oos_test') };
  const domainOf = Int32Array.from(Object.values(byDomain).flatMap((own, d) => own.map(() => d)));
  return { intents, domains: Object.keys(byDomain), domainOf, inScope, outOfScope };
}
