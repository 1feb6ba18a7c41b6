import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalog } from '../catalog/index.ts';
import { filesOf, recordIn } from '../cli/study/outputs.ts';
import { docsFolder, studyData } from '../cli/study/places.ts';
import { chooseEngine } from '../engine/choose.ts';
import type { Engine } from '../engine/engine.ts';
import { judged, runStudy, type Study, studyById, studyIds } from '../studies/index.ts';

/** A quick repeat that takes longer is not run twice. */
const CHEAP_MS = 4000;

/** The laws of every `parts`-th study, from the one numbered `part` on: parts run side by side. */
export async function describeStudies(part: number, parts: number): Promise<void> {
  let engine: Engine;
  beforeAll(async () => {
    engine = await chooseEngine('auto');
  });
  afterAll(() => engine.dispose());
  for (const [i, id] of studyIds().entries()) {
    if (i % parts !== part) continue;
    const study = await studyById(id);
    describe(id, () => {
      test('says what it is', () => describesItself(id, study));
      test('its quick form gives every number, and the same ones again', async ({ skip }) => {
        const first = () => runStudy(study, { engine, data: studyData(), quick: true, seeds: 1 });
        const began = performance.now();
        const { lines, repeats } = await first();
        const took = performance.now() - began;
        expect(lines).toHaveLength(Object.keys(study.lines).length);
        if (took > CHEAP_MS) skip(`one repeat takes ${(took / 1000).toFixed(1)} s`);
        expect((await first()).repeats).toEqual(repeats);
      });
      test('its page belongs to its numbers', () => hasItsPage(study));
    });
  }
}

function describesItself(id: string, study: Study): void {
  const { paper, claim, methods, data, lines, readings } = study;
  expect(study.id).toBe(id);
  expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  for (const text of [paper.authors, paper.title, paper.source]) expect(text.trim()).not.toBe('');
  expect(claim).toMatch(/^[A-Z].*\.$/);
  expect(methods.filter((key) => !catalog.has(key))).toEqual([]);
  expect(data.length).toBeGreaterThan(0);
  expect(Object.keys(lines).length).toBeGreaterThan(0);
  expect(Object.keys(lines).filter((name) => name in readings)).toEqual([]);
  for (const own of ['curves', 'scatter'])
    expect(Object.keys({ ...lines, ...readings })).not.toContain(own);
  for (const { claim } of Object.values(lines)) expect(claim).toMatch(/^[A-Z0-9].*[^.]$/);
}

async function hasItsPage(study: Study): Promise<void> {
  const record = await recordIn(docsFolder, study.id);
  if (!record) throw new Error(`There is no record: run tammes study ${study.id}.`);
  expect(record.quick, 'a full run').toBe(false);
  expect(record.seeds).toBeGreaterThanOrEqual(study.seeds);
  expect({ ...record, ...judged(study, record.repeats) }).toEqual(record);
  for (const [name, text] of filesOf(study, record))
    expect(readFileSync(join(docsFolder, name), 'utf8'), name).toBe(text);
}
