import { computed, signal } from '@preact/signals';
import type { Answer, Connection, Listening, SessionInfo, TableInfo } from '../../contract.ts';
import { say } from './toasts.ts';

/** An action that runs, for the status line. */
export interface Job {
  readonly id: number;
  readonly title: string;
  readonly stage: string;
  readonly done: number;
  readonly stop: () => void;
}

/** The session as it is known to the page; undefined until it answered. */
export const info = signal<SessionInfo | undefined>(undefined);
/** Why the session can't be reached any more. */
export const lost = signal<string | undefined>(undefined);
export const jobs = signal<readonly Job[]>([]);

let connection: Connection | undefined;
let lastJob = 0;

/** The connection the page speaks through. */
export function session(): Connection {
  if (!connection) throw new Error('The page is not connected to a session.');
  return connection;
}

/** Connects the page; resolves when the session has answered. */
export async function connect(to: Connection): Promise<void> {
  connection = to;
  lost.value = undefined;
  to.onChange(
    (changed) => {
      info.value = changed;
      lost.value = undefined;
    },
    (sentence) => {
      lost.value = sentence;
    },
  );
  const first = await to.info();
  if (!info.value || first.revision >= info.value.revision) info.value = first;
}

/** Whether the session has the action. */
export const can = (action: string): boolean => info.value?.actions.includes(action) ?? false;

/**
 * Does an action the reader asked for: it is shown in the status line with a way to stop it, and a refusal becomes a
 * sentence on the page. Undefined where it was refused or stopped.
 */
export async function act(
  title: string,
  action: string,
  parameters: Readonly<Record<string, unknown>> = {},
  listen: Listening = {},
): Promise<Answer | undefined> {
  return during(title, (signal, onProgress) =>
    session().call(action, parameters, { ...listen, signal, onProgress }),
  );
}

/** Shows that something takes its time; says in a sentence why it failed. */
export async function during<T>(
  title: string,
  work: (signal: AbortSignal, onProgress: (stage: string, done: number) => void) => Promise<T>,
): Promise<T | undefined> {
  const id = ++lastJob;
  const stopper = new AbortController();
  jobs.value = [
    ...jobs.value,
    { id, title, stage: '', done: Number.NaN, stop: () => stopper.abort() },
  ];
  const progress = (stage: string, done: number) => {
    jobs.value = jobs.value.map((job) => (job.id === id ? { ...job, stage, done } : job));
  };
  try {
    return await work(stopper.signal, progress);
  } catch (cause) {
    if (stopper.signal.aborted) say(`${title}: stopped.`);
    else say(sentenceOf(cause), 'error');
    return undefined;
  } finally {
    jobs.value = jobs.value.filter((job) => job.id !== id);
  }
}

/** Asks quietly, as for a card under the cursor: a refusal throws. */
export function ask(
  action: string,
  parameters: Readonly<Record<string, unknown>> = {},
  listen: Listening = {},
): Promise<Answer> {
  return session().call(action, parameters, listen);
}

export async function undo(): Promise<void> {
  if (info.value?.canUndo) await during('Undo', () => session().undo());
  else say('There is nothing to undo.');
}

export async function redo(): Promise<void> {
  if (info.value?.canRedo) await during('Redo', () => session().redo());
  else say('There is nothing to redo.');
}

export function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

export const tables = computed<readonly TableInfo[]>(() => info.value?.tables ?? []);

/** Stands for what the arrays of the session depend on: naming a selection changes none of them. */
export const contentKey = computed<string>(() => {
  const steps = (info.value?.steps ?? []).filter(({ action }) => action !== 'select');
  const last = steps.at(-1);
  return `${steps.length} ${last?.action ?? ''} ${last?.digest ?? ''} ${tables.value.map(({ id, name, rows }) => `${id} ${name} ${rows}`).join()}`;
});

const CHANGES = /^(cure|normalize|center|whiten|reduce|erase|align|compress|disperse)$/;

/** Stands for the vectors as they are: what was measured of others is not shown, and comes back when they do. */
export const vectorsKey = computed<string>(() =>
  (info.value?.steps ?? [])
    .filter(({ action }) => CHANGES.test(action))
    .map(({ action, digest }) => `${action} ${digest}`)
    .join(),
);
