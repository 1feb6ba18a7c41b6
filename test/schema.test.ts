import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { PARITY_VERDICTS } from '../src/apps/parity/contract.ts';
import { ALIGN_VERDICTS } from '../src/apps/verbs/align.ts';
import { toFloat32 } from '../src/core/matrix.ts';
import { write } from '../src/io/index.ts';
import { uniformRows } from '../src/testing/points.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tammes-schema-'));

function validator(name: string) {
  const schema = JSON.parse(readFileSync(join(root, 'schemas', name), 'utf8'));
  return new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
}

const validate = validator('measure.schema.json');
const validateCompare = validator('compare.schema.json');
const validateReduce = validator('reduce.schema.json');
const validateAlign = validator('align.schema.json');

const measured = (...args: string[]) => printed('measure', ...args);

function printed(...args: string[]): unknown {
  const bin = join(root, 'bin/tammes.js');
  const { stdout } = spawnSync(process.execPath, [bin, ...args, '--json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return JSON.parse(stdout);
}

describe('the published schema of measure --json', () => {
  test('accepts every number, the findings and the conditions', async () => {
    const points = toFloat32(uniformRows(120, 6, 3));
    points.data.fill(0, 0, 6);
    const subject = Array.from({ length: 120 }, (_, i) => `s${i % 3}`);
    await write(join(folder, 'a.csv'), { points, labels: subject });
    const found = measured(
      'a.csv',
      '--doctor',
      '--classes',
      'labels',
      '--fail-on',
      'minAngleDeg<1',
    );
    expect(validate(found), JSON.stringify(validate.errors)).toBe(true);
    const { findings } = found as { findings: { id: string; rows: number[] }[] };
    expect(findings.map(({ id }) => id)).toEqual(['invalid-rows', 'labels-at-chance']);
    expect(findings[0].rows).toEqual([0]);
  });

  test('accepts a single row, whose numbers are null, and a file without any', async () => {
    await write(join(folder, 'one.npy'), { points: toFloat32(uniformRows(1, 3, 1)) });
    const one = measured('one.npy');
    expect(validate(one), JSON.stringify(validate.errors)).toBe(true);
    await write(join(folder, 'none.npy'), {
      points: { data: new Float32Array(6), rows: 2, cols: 3 },
    });
    const none = measured('none.npy', '--doctor');
    expect(validate(none), JSON.stringify(validate.errors)).toBe(true);
  });

  test('refuses a field that is not in it, and a metric without its interval', () => {
    expect(validate({ findings: [], extra: 1 })).toBe(false);
    expect(validate({ metrics: [{ id: 'mmd', value: 1 }] })).toBe(false);
  });
});

describe('the published schema of compare --json', () => {
  const accepted = (found: unknown) =>
    expect(validateCompare(found), JSON.stringify(validateCompare.errors)).toBe(true);

  test('accepts pairs of rows with parity and conditions', async () => {
    const labels = Array.from({ length: 60 }, (_, i) => `r${i}`);
    await write(join(folder, 'p.csv'), { points: toFloat32(uniformRows(60, 5, 1)), labels });
    await write(join(folder, 'q.csv'), { points: toFloat32(uniformRows(60, 5, 2)), labels });
    const found = printed(
      'compare',
      'p.csv',
      'q.csv',
      '--parity',
      '--plan',
      '0.1',
      '--fail-on',
      'rsa<2',
    );
    accepted(found);
    expect(found).toMatchObject({
      rows: { matched: 'position' },
      parity: { verdict: 'unrelated' },
      conditions: [{ condition: 'rsa<2', failed: true }],
    });
  });

  test('accepts two sets, and numbers that do not exist', async () => {
    await write(join(folder, 'few.npy'), { points: toFloat32(uniformRows(2, 4, 1)) });
    await write(join(folder, 'more.npy'), { points: toFloat32(uniformRows(3, 4, 1)) });
    accepted(printed('compare', 'few.npy', 'more.npy'));
    accepted(printed('compare', 'few.npy', 'few.npy'));
  });

  test('knows every verdict, and refuses a result without its numbers', () => {
    const { $defs } = JSON.parse(readFileSync(join(root, 'schemas/compare.schema.json'), 'utf8'));
    expect($defs.parity.properties.verdict.enum).toEqual([...PARITY_VERDICTS]);
    expect(validateCompare({ comparisons: [] })).toBe(false);
  });
});

describe('the published schema of reduce --json', () => {
  const accepted = (found: unknown) =>
    expect(validateReduce(found), JSON.stringify(validateReduce.errors)).toBe(true);

  test('accepts the numbers of a map, of too few rows, and of none that was judged', async () => {
    await write(join(folder, 'r.npy'), { points: toFloat32(uniformRows(70, 5, 1)) });
    await write(join(folder, 'two.npy'), { points: toFloat32(uniformRows(2, 5, 1)) });
    const found = printed('reduce', 'r.npy', '-o', 'm.npy');
    accepted(found);
    expect(found).toMatchObject({ quality: { rows: 70, sphere: false } });
    const few = printed('reduce', 'two.npy', '-o', 'm.npy', '--dim', '1');
    accepted(few);
    expect(few).toMatchObject({ quality: { trustworthiness: { value: null, null: null } } });
    accepted(printed('reduce', 'r.npy', '-o', 'm.npy', '--no-quality'));
  });

  test('refuses a number without its null', () => {
    const number = { value: 1, low: 1, high: 1, null: null };
    const quality = { trustworthiness: { value: 1, low: 1, high: 1 }, stress: number };
    expect(validateReduce({ method: 'pca', quality })).toBe(false);
  });
});

describe('the published schema of align fit --json', () => {
  const fitted = (...files: string[]) => {
    const found = printed('align', 'fit', ...files, '-o', 'map.safetensors');
    expect(validateAlign(found), JSON.stringify(validateAlign.errors)).toBe(true);
    return found;
  };

  test('accepts clusters and rows to re-embed, and a map without a promise', async () => {
    await write(join(folder, 'old.npy'), { points: toFloat32(uniformRows(160, 5, 1)) });
    await write(join(folder, 'new.npy'), { points: toFloat32(uniformRows(160, 4, 2)) });
    expect(fitted('old.npy', 'new.npy')).toMatchObject({ verdict: 'do-not-use' });
    await write(join(folder, 'five.npy'), { points: toFloat32(uniformRows(5, 4, 1)) });
    expect(fitted('five.npy', 'five.npy')).toMatchObject({ heldOut: null, reembed: null });
  });

  test('knows every verdict, and refuses a result without it', () => {
    const { properties } = JSON.parse(
      readFileSync(join(root, 'schemas/align.schema.json'), 'utf8'),
    );
    expect(properties.verdict.enum).toEqual([...ALIGN_VERDICTS]);
    expect(validateAlign({ method: 'procrustes', pairs: 3 })).toBe(false);
  });
});
