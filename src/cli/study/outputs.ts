import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  curvesChart,
  type Study,
  type StudyRecord,
  scatterChartOf,
  studyById,
  studyChart,
  studyIds,
  studyIndex,
  studyPage,
  VERDICTS,
  withInterval,
} from '../../studies/index.ts';
import { readJson, writeBytes } from '../files.ts';

/** A study's files: its raw numbers, its chart and its page. */
export function filesOf(study: Study, record: StudyRecord): ReadonlyMap<string, string> {
  const curves = curvesChart(study, record);
  const scatter = scatterChartOf(study, record);
  return new Map([
    ...(curves === undefined ? [] : [[`${study.id}-curves.svg`, curves] as const]),
    ...(scatter === undefined ? [] : [[`${study.id}-scatter.svg`, scatter] as const]),
    [`${study.id}.json`, `${JSON.stringify(record, null, 1)}\n`],
    [`${study.id}.svg`, studyChart(study, record)],
    [`${study.id}.md`, studyPage(study, record)],
  ]);
}

/** Writes the files of a study into a folder; returns their paths. */
export async function writePage(
  folder: string,
  study: Study,
  record: StudyRecord,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files = [...filesOf(study, record)];
  for (const [name, text] of files) await writeBytes(join(folder, name), text);
  return files.map(([name]) => join(folder, name));
}

/** The index of the studies that have a record in the folder. */
export async function indexOf(folder: string): Promise<string> {
  const all: (readonly [Study, StudyRecord])[] = [];
  for (const id of studyIds()) {
    const record = await recordIn(folder, id);
    if (record) all.push([await studyById(id), record]);
  }
  return studyIndex(all);
}

/** What a run of the study left in the folder, if there was one. */
export async function recordIn(folder: string, id: string): Promise<StudyRecord | undefined> {
  const path = join(folder, `${id}.json`);
  return existsSync(path) ? ((await readJson(path)) as StudyRecord) : undefined;
}

/** The result for people: verdict, lines, readings. */
export function resultText(study: Study, { verdict, lines, readings, seeds }: StudyRecord): string {
  const { authors, title, year, source } = study.paper;
  return [
    `${authors}, ${title} (${year}), ${source}`,
    study.claim,
    '',
    ...lines.map(({ claim, holds, baseline, unit, ...interval }) => {
      const beside = baseline ? `; ${baseline.name} ${withInterval({ ...baseline, unit })}` : '';
      return `${holds ? 'yes' : 'no '}  ${claim}: ${withInterval({ ...interval, unit })}${beside}`;
    }),
    ...readings.map((reading) => `     ${reading.title}: ${withInterval(reading)}`),
    '',
    `${study.id} ${VERDICTS[verdict]} (${seeds === 1 ? '1 seed' : `${seeds} seeds`}).`,
  ].join('\n');
}
