import type { MapReportData, QualityNumber } from '../apps/report/map/contract.ts';

const number = (value: number, chance: number): QualityNumber => ({
  value,
  low: value - 0.01,
  high: value + 0.01,
  null: { value: chance, low: chance - 0.02, high: chance + 0.02, pValue: 0, how: 'permuted rows' },
});

/** A map of 40 rows around a circle, of two classes, of which three are placed badly. */
export function mapExample(): MapReportData {
  const n = 40;
  const places = Array.from({ length: n }, (_, i) => i);
  return {
    name: 'words<script>.csv',
    method: 'Principal components',
    n,
    d: 6,
    dim: 2,
    engine: 'wasm',
    seconds: 0.5,
    versions: { tammes: '0.1.0' },
    facts: { explained: 0.75 },
    quality: {
      rows: n,
      sphere: false,
      trustworthiness: number(0.9, 0.5),
      continuity: number(0.95, 0.5),
      neighborRecall10: number(0.4, 0.25),
      neighborRecall50: { value: null, low: null, high: null, null: null },
      stress: number(0.2, 0.6),
    },
    warnings: ['few <rows>.'],
    dims: 2,
    panels: [
      {
        title: 'The map',
        positions: Float32Array.from({ length: 2 * n }, (_, i) =>
          i % 2 === 0 ? Math.cos(i >> 1) : Math.sin(i >> 1),
        ),
      },
    ],
    view: '',
    shown: Int32Array.from(places),
    labels: places.map((i) => `w${i}<`),
    isNamed: true,
    classes: { column: 'class', names: ['a', '<b>'], of: Int32Array.from(places, (i) => i % 2) },
    distortion: {
      k: 12,
      rows: Int32Array.from(places),
      falseNeighbors: Float64Array.from(places, (i) => (i === 7 ? 0.8 : i === 8 ? 0.5 : 0.1)),
      missingNeighbors: Float64Array.from(places, (i) => (i === 9 ? 0.6 : 0)),
    },
    askedLabels: places.map((i) => `w${i}<`),
  };
}
