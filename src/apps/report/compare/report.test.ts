import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import type { CompareReportData } from './contract.ts';
import { compareReportHtml } from './report.ts';

const random = Random.fromSeed(1);
const cosines = (mean: number) =>
  Float64Array.from({ length: 300 }, () => Math.min(1, mean + 0.02 * random.normal()));

const data: CompareReportData = {
  nameA: 'python<script>.npy',
  nameB: 'browser.npy',
  nA: 300,
  nB: 300,
  dA: 3,
  dB: 3,
  matching: 'Row by row, as they stand.',
  engine: 'wasm',
  seconds: 1.25,
  versions: { tammes: '0.1.0' },
  sentence: 'Nearly the same vectors.',
  lines: [
    {
      id: 'linear-cka',
      title: 'Linear CKA (debiased)',
      summary: 'How alike inner products are.',
      kind: 'similarity',
      value: 0.912,
      low: 0.9,
      high: 0.92,
      level: 0.95,
      null: { value: 0, low: -0.1, high: 0.1, pValue: 0.00001, how: 'permuted rows' },
      warnings: ['few <rows>.'],
    },
    {
      id: 'spectrum-distance',
      title: 'Distance of the spectra',
      summary: 'How differently the variance is shared out.',
      kind: 'distance',
      value: null,
      low: null,
      high: null,
      level: 0.95,
      warnings: [],
    },
  ],
  pictures: {
    spectra: { a: [0.6, 0.3, 0.1], b: [0.4, 0.35, 0.25] },
    cosines: { plain: cosines(0.9), rotated: cosines(0.95), unrelated: cosines(0.1) },
    overlap: { mean: [0.5, 0.6, 0.7], chance: [0.01, 0.02, 0.03] },
    moved: { k: 2, among: 300, rows: [{ label: '<b>', a: ['x', 'y'], b: ['y', 'z'], overlap: 1 }] },
  },
  parity: {
    verdict: 'pooling',
    sentence: 'Rows differ as texts do.',
    fix: 'compare the pooling',
    evidence: [
      {
        id: 'cosine',
        value: 0.91,
        bound: 0.99999,
        operator: '>=',
        holds: false,
        meaning: 'least cosine',
      },
      { id: 'map', value: null, bound: 0.9, operator: '>=', holds: false, meaning: 'linear map' },
    ],
  },
  warnings: [],
};

describe('compareReportHtml', () => {
  const html = compareReportHtml(data);

  test('shows every number with its interval, its null, its p-value and what it is', () => {
    expect(html).toContain('<b>0.912</b>');
    expect(html).toContain('0.900 to 0.920');
    expect(html).toContain('−0.100 to 0.100; p &#60; 0.0001');
    expect(html).toContain('How alike inner products are.');
    expect(html).toContain('<b>–</b>');
  });

  test('draws cosines, neighbours and spectra, and names the rows that moved', () => {
    for (const id of ['row-cosines', 'neighbor-overlap', 'spectra']) {
      expect(html).toContain(`data-save="${id}"`);
    }
    expect(html).toContain(
      'Half of the variance lies in one direction of A and 2 directions of B.',
    );
    expect(html).toMatch(/<span class="lost"><bdi>x<\/bdi><\/span>/);
    expect(html).toMatch(/<span class="gained"><bdi>z<\/bdi><\/span>/);
  });

  test('has the parity verdict with the bounds that it rests on', () => {
    expect(html).toContain('<b>pooling</b>: Rows differ as texts do.');
    expect(html).toContain('≥ 0.99999');
  });

  test('escapes names of files and rows, and is the same bytes for the same data', () => {
    expect(html).not.toContain('<script>.npy');
    expect(html).toContain('<bdi>&#60;b&#62;</bdi>');
    expect(html.slice(0, html.indexOf('<script>(('))).not.toMatch(/NaN|undefined|Infinity/);
    expect(compareReportHtml(data)).toBe(html);
  });

  test('of long paths the ends are shown, which tell files apart', () => {
    const folder = `/data/${'x'.repeat(60)}`;
    const html = compareReportHtml({ ...data, nameA: `${folder}/a.npy`, nameB: `${folder}/b.npy` });
    expect(html).toMatch(/<h1>…x+\/a\.npy and …x+\/b\.npy<\/h1>/);
  });

  test('two sets without pairs of rows have spectra only', () => {
    const { spectra } = data.pictures;
    const alone = compareReportHtml({ ...data, pictures: { spectra }, parity: undefined });
    expect(alone).toContain('data-save="spectra"');
    expect(alone).not.toContain('row-cosines');
    expect(alone).not.toContain('Parity');
  });
});
