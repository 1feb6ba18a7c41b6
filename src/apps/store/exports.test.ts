import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { databaseText } from './exports.ts';

const table = {
  points: matrix(Float32Array.of(1, -0.5, 0.1, 3), 2, 2),
  labels: ["it's", 'b"'],
  columns: { year: Float64Array.of(1999, Number.NaN), id: ['x', 'y'] },
};
const textOf = (database: 'pgvector' | 'qdrant' | 'sqlite-vec', options = {}) =>
  [...databaseText(database, table, options)].join('');

describe('databaseText', () => {
  test('pgvector: a table of halfvec with quoted texts and missing numbers', () => {
    const sql = textOf('pgvector', { table: 'words' });
    expect(sql).toContain(
      'embedding halfvec(2),\n  "label" text,\n  "year" double precision,\n  "id_" text',
    );
    expect(sql).toContain(
      "(0, '[1,-0.5]', 'it''s', 1999, 'x'),\n(1, '[0.1,3]', 'b\"', NULL, 'y');",
    );
    expect(sql).toContain('CREATE INDEX ON words USING hnsw (embedding halfvec_cosine_ops);');
    expect(textOf('pgvector', { codec: 'bits' })).toContain('bit_hamming_ops');
  });

  test('qdrant: a collection with the like quantization, then points', () => {
    const [first, second] = textOf('qdrant', { codec: 'int8' })
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first.body).toEqual({
      vectors: { size: 2, distance: 'Cosine' },
      quantization_config: { scalar: { type: 'int8', always_ram: true } },
    });
    expect(second.path).toBe('/collections/vectors/points');
    expect(second.body.points[1]).toEqual({
      id: 1,
      vector: [Math.fround(0.1), 3],
      payload: { label: 'b"', id_: 'y' },
    });
  });

  test('sqlite-vec: float32 as little-endian bytes, signs for bits', () => {
    const sql = textOf('sqlite-vec');
    expect(sql).toContain("INSERT INTO vectors (id, embedding) VALUES (0, X'0000803f000000bf');");
    expect(textOf('sqlite-vec', { codec: 'bits' })).toContain(
      "vec_quantize_binary(X'0000803f000000bf')",
    );
  });

  test('refuses a name that would need quotation marks', () => {
    expect(() => textOf('pgvector', { table: 'a; DROP' })).toThrow(
      'a table is called like "vectors"',
    );
  });
});
