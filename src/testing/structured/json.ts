import type { Choice } from './choice.ts';
import { damaged, damagedRow, JSON_FORMS } from './forms.ts';
import { type StructuredCase, type Table, table, textBytes, VECTOR_NAMES } from './table.ts';

/** Where in a row the vector lies. */
type Nest = (
  row: Record<string, unknown>,
  name: string,
  vector: unknown,
) => Record<string, unknown>;

const NESTS: Readonly<Record<string, Nest>> = {
  flat: (row, name, vector) => ({ ...row, [name]: vector }),
  first: (row, name, vector) => ({ [name]: vector, ...row }),
  payload: (row, name, vector) => ({ ...row, payload: { [name]: vector, note: 'a' } }),
  _source: (row, name, vector) => ({ _index: 'i', ...row, _source: { n: 3, [name]: vector } }),
  batch: (row, name, vector) => ({
    ...row,
    response: { status_code: 200, body: { data: [{ index: 0, [name]: vector }], usage: { n: 8 } } },
    error: null,
  }),
};

/** How the rows make a file. */
const LAYOUTS: Readonly<Record<string, (rows: readonly string[]) => string>> = {
  lines: (rows) => `${rows.join('\n')}\n`,
  'lines without an end': (rows) => rows.join('\n'),
  list: (rows) => `[${rows.join(',')}]`,
  'list over lines': (rows) => `[\n  ${rows.join(',\n  ')}\n]\n`,
  data: (rows) => `{"object":"list","data":[${rows.join(',')}],"usage":{"total_tokens":9}}`,
  points: (rows) => `{"result":{"points":[${rows.join(',')}],"next":null},"time":0.1}`,
  hits: (rows) => `{"took":3,"hits":{"total":{"value":9},"hits":[\n${rows.join(',\n')}]}}`,
};

/** Numbers as Python and others write those that JSON has none for. */
const SPELLINGS: readonly (readonly [string, number])[] = [
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['"nan"', Number.NaN],
  ['"NaN"', Number.NaN],
  ['"-inf"', Number.NEGATIVE_INFINITY],
  ['null', Number.NaN],
];

/** JSON with bigints as whole numbers. */
function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(
    value,
    (_, inner: unknown) => (typeof inner === 'bigint' ? `big:${inner}` : inner),
    indent,
  );
  return text.replace(/"big:(-?\d+)"/g, '$1');
}

function rowsOf(choice: Choice, { ids, categories, counts }: Table, idName: string) {
  const isBefore = choice.once(2);
  return ids.map(
    (id, i): Record<string, unknown> => ({
      ...(isBefore ? { lang: categories[i] } : {}),
      [idName]: id,
      ...(isBefore ? {} : { lang: categories[i] }),
      n_tokens: counts[i],
      price: counts[i] / 4,
      has_image: i % 2 === 0,
    }),
  );
}

export function jsonCase(choice: Choice): StructuredCase {
  const made = table(choice);
  const points = made.points.map((row) => [...row]);
  const form = choice.of(JSON_FORMS);
  const name = choice.of(VECTOR_NAMES);
  const nest = choice.of(Object.keys(NESTS));
  const layout = choice.of(Object.keys(LAYOUTS));
  const idName = choice.of(['id', '_id', 'uuid', 'custom_id', 'doc_id']);
  const damage = damagedRow(choice);
  const at = choice.whole(0, points.length - 1);
  const indent = choice.once(3) ? 2 : undefined;
  const spelling = form.name === 'list' && choice.once(3) ? choice.of(SPELLINGS) : undefined;
  const rows = rowsOf(choice, made, idName).map((row, i) => {
    const vector = damage !== 'none' && i === at ? damaged(points[i], damage) : points[i];
    return NESTS[nest](row, name, vector === null ? null : form.of(vector));
  });
  const isDocument = !layout.startsWith('lines');
  let texts = rows.map((row) => jsonText(row, isDocument ? indent : undefined));
  if (spelling && damage === 'none') {
    // The first number of a list in brackets gives way to the other spelling.
    texts = texts.map((text, i) => {
      if (i !== at) return text;
      return text.replace(/\[\s*-?[\d.]+/, () => `[${spelling[0]}`);
    });
    points[at][0] = spelling[1];
  }
  const isLost = form.isLost || damage !== 'none';
  return {
    what: `JSON, ${layout}, ${nest}, ${form.name}, ${name}, damage ${damage}, ${spelling?.[0] ?? 'plain'}`,
    bytes: textBytes(LAYOUTS[layout](texts)),
    options: choice.once(2) ? { format: 'jsonl' } : {},
    expected: isLost ? null : { points, labels: made.ids.map(String) },
    isRead: true,
  };
}
