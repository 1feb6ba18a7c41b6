import type { ComparisonRow } from '../../../families/comparisons/types.ts';

/** What the numbers say together, in one sentence. */
export function likeness(rows: readonly ComparisonRow[], paired: boolean): string {
  const row = (id: string) => rows.find((found) => found.id === id);
  const value = (id: string) => row(id)?.value ?? NaN;
  if (!paired)
    return twoSamples(row('energy-distance') ?? row('two-sample-mmd'), value('spectrum-distance'));
  const cosine = value('mean-row-cosine');
  const turned = value('rotated-row-cosine');
  const overlap = value('neighbor-overlap');
  const cka = value('linear-cka');
  const numbers = `neighbour overlap ${shown(overlap)} where chance gives ${shown(
    row('neighbor-overlap')?.null?.value ?? NaN,
  )}, linear CKA ${shown(cka)}`;
  if (cosine >= 0.999) return `The same vectors: the mean row cosine is ${cosine.toFixed(5)}.`;
  if (cosine >= 0.9)
    return `Nearly the same vectors: mean row cosine ${shown(cosine)}, ${numbers}.`;
  if (turned >= 0.999)
    return `The same space in other coordinates: ${shown(turned)} mean row cosine after the best rotation.`;
  if (turned >= 0.9)
    return `Nearly the same space in other coordinates: mean row cosine ${shown(turned)} after the best rotation, ${numbers}.`;
  const tests = ['neighbor-overlap', 'linear-cka', 'rbf-cka', 'rsa'];
  const related = tests.some((id) => (row(id)?.null?.pValue ?? 1) < 0.001);
  if (!related) {
    return `Nothing in common beyond chance: ${numbers}. Either the rows do not correspond or the spaces are unrelated.`;
  }
  const degree =
    overlap >= 0.5 || cka >= 0.8 ? 'Much' : overlap >= 0.2 || cka >= 0.4 ? 'Something' : 'Little';
  return `${degree} in common, in other coordinates or other models: ${numbers}.`;
}

function twoSamples(test: ComparisonRow | undefined, spectrum: number): string {
  const spectra = `the spectra are ${shown(spectrum)} apart of 1`;
  const p = test?.null?.pValue;
  if (p === undefined) return `Two sets in other coordinates: ${spectra}.`;
  const what = `(${test?.id}, p = ${Number(p.toPrecision(2))})`;
  return p < 0.01
    ? `The two sets have different laws ${what}; ${spectra}.`
    : `The two sets cannot be told apart ${what}; ${spectra}.`;
}

function shown(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : 'unknown';
}
