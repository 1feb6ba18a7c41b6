import { signal } from '@preact/signals';
import type { AnyOptionSpec } from '../../../../method/options.ts';
import type { Answer } from '../../contract.ts';
import { act, ask, during, sentenceOf, session } from './session.ts';
import { say } from './toasts.ts';
import { map, preview } from './view.ts';

/** Where a run stands, as the session says it. */
export interface Stand {
  readonly table: string;
  readonly step: number;
  readonly reached: number;
  readonly steps: number;
  readonly loss: number | null;
  readonly objective: string;
}

export interface Laws {
  readonly boundDeg: number | null;
  readonly boundName: string | null;
  readonly bestKnownDeg: number | null;
  readonly uniformSmallestDeg: number | null;
}

/** A point of the curves. */
export interface Seen {
  readonly step: number;
  readonly loss: number | null;
  readonly smallestDeg: number | null;
}

export interface Angles {
  readonly smallestDeg: number;
  readonly medianDeg: number;
  readonly asked: number;
  readonly exact: boolean;
  readonly edges: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
  readonly nullAngles?: ArrayLike<number> | undefined;
  readonly nullDensity?: ArrayLike<number> | undefined;
}

export type Phase = 'none' | 'running' | 'paused';

export const phase = signal<Phase>('none');
export const stand = signal<Stand | undefined>(undefined);
export const laws = signal<Laws | undefined>(undefined);
export const seen = signal<readonly Seen[]>([]);
export const angles = signal<Angles | undefined>(undefined);
export const pace = signal<number | undefined>(undefined);
/** The options of `disperse` as data. */
export const specs = signal<Readonly<Record<string, AnyOptionSpec>>>({});
/** What the run under way was asked for; a paused one goes on with it. */
export const asked = signal<Readonly<Record<string, unknown>> | undefined>(undefined);

let pauser = new AbortController();

/** More points than that are not told apart in a curve. */
const MOST_SEEN = 400;

/** What frames show: the map on the screen where rows can be placed in it, else a view of as many columns. */
function viewOf(table: string): Readonly<Record<string, unknown>> {
  const shown = map.value;
  if (shown?.table === table && shown.places) return { map: shown.id };
  return { view: shown?.dims === 3 ? 'sphere' : 'plane' };
}

/** Asks where the session stands, as when the page was loaded anew. */
export async function lookAtRun(): Promise<void> {
  const { facts } = await ask('disperse-look');
  specs.value = facts['options'] as typeof specs.value;
  const run = facts['run'] as (Stand & LookedAt) | null;
  if (!run || phase.value === 'running') return;
  stand.value = run;
  asked.value = run.parameters;
  phase.value = 'paused';
  seen.value = run.history.map(({ step, loss }) => ({ step, loss, smallestDeg: null }));
  show(await ask('disperse-rewind', viewOf(run.table)), run.table);
}

interface LookedAt {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly history: readonly { readonly step: number; readonly loss: number }[];
}

/** Starts a run, or goes on with the one that is paused, until it is paused or at its end. */
export async function go(parameters: Readonly<Record<string, unknown>>): Promise<void> {
  const table = String(parameters['table']);
  const view = viewOf(table);
  if (phase.value === 'none') seen.value = [];
  asked.value = parameters;
  phase.value = 'running';
  pauser = new AbortController();
  const { signal: paused } = pauser;
  const answer = await during('Disperse', async (stopped, onProgress) => {
    const either = AbortSignal.any([paused, stopped]);
    const onFrame = (frame: Answer) => show(frame, table);
    try {
      return await session().call(
        'disperse-run',
        { ...parameters, ...view },
        { signal: either, onFrame, onProgress },
      );
    } catch (cause) {
      if (!either.aborted) throw cause;
      return undefined;
    }
  });
  if (answer) show(answer, table);
  await standNow(view, table);
}

export function pause(): void {
  pauser.abort();
}

/** Goes to a step that was reached. */
export async function rewind(step: number): Promise<void> {
  const table = stand.value?.table ?? '';
  const answer = await act('Go to step', 'disperse-rewind', { step, ...viewOf(table) });
  if (answer) show(answer, table);
}

export async function keep(): Promise<void> {
  if (await act('Keep', 'disperse-keep')) clear();
}

export async function discard(): Promise<void> {
  if (await act('Discard', 'disperse-discard')) clear();
}

function clear(): void {
  phase.value = 'none';
  stand.value = undefined;
  asked.value = undefined;
  angles.value = undefined;
  preview.value = undefined;
  seen.value = [];
}

/** Asks for the picture of the step where the run was paused; where it never began, there is none. */
async function standNow(view: Readonly<Record<string, unknown>>, table: string): Promise<void> {
  try {
    const { facts } = await ask('disperse-look');
    if (facts['run'] === null) {
      clear();
      return;
    }
    show(await ask('disperse-rewind', view), table);
    phase.value = 'paused';
  } catch (cause) {
    say(sentenceOf(cause), 'error');
    phase.value = 'none';
  }
}

function show({ facts, arrays = {} }: Answer, table: string): void {
  const { points, edges, counts, nullAngles, nullDensity } = arrays;
  if (points)
    preview.value = {
      positions: points.data as Float32Array,
      dims: points.shape[1] === 3 ? 3 : 2,
      table,
    };
  const now = facts as unknown as Partial<Stand & Angles & { stepsPerSecond: number; laws: Laws }>;
  if (now.laws) laws.value = now.laws;
  if (now.stepsPerSecond !== undefined) pace.value = now.stepsPerSecond;
  stand.value = { ...stand.value, ...now } as Stand;
  if (edges && counts && now.smallestDeg !== undefined)
    angles.value = {
      ...(now as Angles),
      edges: edges.data as ArrayLike<number>,
      counts: counts.data as ArrayLike<number>,
      nullAngles: nullAngles?.data as ArrayLike<number> | undefined,
      nullDensity: nullDensity?.data as ArrayLike<number> | undefined,
    };
  remember({
    step: now.step ?? 0,
    loss: now.loss ?? null,
    smallestDeg: now.smallestDeg ?? null,
  });
}

function remember(point: Seen): void {
  const before = seen.value.filter(({ step }) => step < point.step);
  const thinned = before.length > MOST_SEEN ? before.filter((_, i) => i % 2 === 0) : before;
  seen.value = [...thinned, point];
}
