import { InputError } from '../../core/errors.ts';
import type { Random } from '../../core/random.ts';
import { bytesOf } from '../../io/datasets/quantized.ts';
import type { StudyContext } from '../define.ts';

/** One categorical column: every example has one of its values. */
export interface ClickField {
  readonly name: string;
  /** The names of the ids 0, 1, …; their order says nothing. */
  readonly values: readonly string[];
  /** n places in `values`, one an example. */
  readonly ids: Int32Array;
}

/** n examples of ids and what came of them. */
export interface Clicks {
  readonly fields: readonly ClickField[];
  /** n times 1 (it was clicked) or 0. */
  readonly labels: Uint8Array;
}

export type ClickSet = 'package-dependencies' | 'flight-delays';

interface Described {
  readonly examples: number;
  readonly fields: readonly Pick<ClickField, 'name' | 'values'>[];
}

/** So many examples, from the first on, make the quick form. */
const QUICK = 12_000;

/**
 * Categorical data with many rare ids: `package-dependencies` (a Debian source package needs a package of another source,
 * or such a one was drawn) or `flight-delays` (a flight of January 2001 arrived 15 minutes late or later). Their order
 * is fixed; the quick form takes the first 12,000 examples and, in each field, only the values that stand in them.
 *
 * @throws InputError where the files do not belong together
 */
export async function clicks(
  name: ClickSet,
  { data, quick }: Pick<StudyContext, 'data' | 'quick'>,
): Promise<Clicks> {
  const folder = await data.folder(name);
  const url = new URL('examples.gz', folder);
  const text = new TextDecoder().decode(await bytesOf(new URL('fields.json.gz', folder)));
  const { examples: n, fields } = JSON.parse(text) as Described;
  const bytes = await bytesOf(url);
  // For each field uint16[n], little-endian; then uint8[n], the labels.
  const expected = (2 * fields.length + 1) * n;
  if (bytes.length !== expected)
    throw new InputError(
      url.href,
      `expected ${expected} bytes for ${n} examples of ${fields.length} fields; got ${bytes.length}.`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const all = fields.map((field, f) => ({
    name: field.name,
    values: field.values,
    ids: Int32Array.from({ length: n }, (_, i) => view.getUint16(2 * (f * n + i), true)),
  }));
  for (const field of all) requireIds(url, field);
  const labels = bytes.slice(2 * fields.length * n);
  const odd = labels.findIndex((label) => label > 1);
  if (odd >= 0)
    throw new InputError(url.href, `expected labels 0 and 1; got ${labels[odd]} in row ${odd}.`);
  if (!quick) return { fields: all, labels };
  return { fields: all.map((field) => shortened(field, QUICK)), labels: labels.slice(0, QUICK) };
}

function requireIds(url: URL, { name, values, ids }: ClickField): void {
  const odd = ids.findIndex((id) => id >= values.length);
  if (odd < 0) return;
  throw new InputError(
    url.href,
    `expected ids below ${values.length} in the field ${name}; got ${ids[odd]} in row ${odd}.`,
  );
}

/** The first examples, and the values that they have. */
function shortened({ name, values, ids }: ClickField, count: number): ClickField {
  const first = ids.subarray(0, count);
  const kept = [...new Set(first)].sort((a, b) => a - b);
  const place = new Map(kept.map((id, at) => [id, at]));
  return {
    name,
    values: kept.map((id) => values[id]),
    ids: first.map((id) => place.get(id) as number),
  };
}

/** A tenth to choose by, a tenth to judge by, and the rest to train on. */
export interface SplitClicks {
  readonly train: Clicks;
  readonly val: Clicks;
  readonly test: Clicks;
}

/** Examples drawn into 80, 10 and 10 %; the fields keep all their values, ids that are not trained on too. */
export function splitClicks(all: Clicks, random: Random): SplitClicks {
  const n = all.labels.length;
  const order = random.fork('clicks').sample(n);
  const tenth = Math.round(n / 10);
  const part = (from: number, to: number) => examplesOf(all, order.subarray(from, to));
  return {
    train: part(2 * tenth, n),
    val: part(0, tenth),
    test: part(tenth, 2 * tenth),
  };
}

/** The examples of these rows, in their order. */
function examplesOf({ fields, labels }: Clicks, rows: Int32Array): Clicks {
  return {
    fields: fields.map((field) => ({ ...field, ids: rows.map((row) => field.ids[row]) })),
    labels: Uint8Array.from(rows, (row) => labels[row]),
  };
}

/** The same as a click model reads them: words, and 1 or 0. */
export function clickExamples({ fields, labels }: Clicks) {
  return {
    fields: fields.map(({ name, values, ids }) => ({
      name,
      values: Array.from(ids, (id) => values[id]),
    })),
    classes: Array.from(labels, String),
  };
}
