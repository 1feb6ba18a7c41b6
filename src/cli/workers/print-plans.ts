import { count, duration, significant } from '../../apps/report/format.ts';
import { sha256 } from '../../core/sha256.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { readObject } from '../../io/sharded/index.ts';
import { estimatePlan, type Nodes, type PlanEstimate, type Rates } from '../../jobs/estimate.ts';
import { measureRates, type RatesPlace } from '../../jobs/measure-rates.ts';
import type { NamedTask, Plan } from '../../jobs/plan.ts';
import type { PlanDone } from '../../jobs/run-plan.ts';
import { bytesText } from '../options.ts';
import { aligned, print } from '../terminal.ts';

/** The plans of a table, also of a small sample of it. */
type PlansOver = (manifest: Manifest) => Promise<readonly Plan[]> | readonly Plan[];

/** Key of the rates that were measured for such tables with such an engine. */
async function ratesKey({ manifest: { cols, dtype }, engine }: RatesPlace, threads: number) {
  const text = JSON.stringify([cols, dtype, engine.name, threads]);
  const name = await sha256(new TextEncoder().encode(text));
  return `work/rates/${name.slice(0, 16)}.json`;
}

/** Rates that were measured before; undefined where there are none. */
async function keptRates(place: RatesPlace, threads: number): Promise<Rates | undefined> {
  const bytes = await readObject(place.work, await ratesKey(place, threads));
  return bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as Rates) : undefined;
}

/** Measures rates and keeps them beside the work, in the place of those before. */
async function freshRates(place: RatesPlace, threads: number, plansOf: PlansOver): Promise<Rates> {
  const before = await keptRates(place, threads);
  const rates = await measureRates(place, plansOf);
  const all = { ...rates, operations: { ...before?.operations, ...rates.operations } };
  const key = await ratesKey(place, threads);
  await place.work.remove(key);
  await place.work.create(key, [new TextEncoder().encode(JSON.stringify(all))]);
  return all;
}

/** Measures what tasks take here, and says what the plans take on the nodes that are stated. */
export async function printPlans(
  place: RatesPlace,
  plansOf: PlansOver,
  nodes: Nodes,
  taskThreads: number,
  json: boolean,
): Promise<void> {
  const rates = await freshRates(place, taskThreads, plansOf);
  const plans = await plansOf(place.manifest);
  const estimates = plans.map((plan) => estimatePlan(plan, rates, nodes));
  if (json) return print(JSON.stringify({ nodes, rates, plans: estimates }, null, 2));
  await print(estimates.map((estimate) => planText(estimate, nodes)).join('\n\n'));
}

function planText(plan: PlanEstimate, { nodes, threads }: Nodes): string {
  const head = [plan.title, 'tasks', 'products', 'read', 'written', 'computing', 'time'];
  const rows = plan.stages.map((stage) => [
    stage.title,
    count(stage.tasks),
    significant(stage.products),
    bytesText(stage.bytesRead),
    bytesText(stage.bytesWritten),
    duration(stage.computing),
    duration(stage.seconds),
  ]);
  const on = `${count(nodes)} ${nodes === 1 ? 'node' : 'nodes'} × ${count(threads)} ${threads === 1 ? 'thread' : 'threads'}`;
  const moved = bytesText(plan.bytesRead + plan.bytesWritten);
  const price = plan.cost === undefined ? '' : `, cost ${plan.cost.toFixed(2)}`;
  return [
    ...aligned([head, ...rows]),
    `${on}: ${duration(plan.seconds)}, ${significant(plan.nodeHours)} node-hours${price}; ${count(plan.tasks)} tasks move ${moved}.`,
  ].join('\n');
}

/** How a plan went beside what was planned; undefined where it was never planned here. */
export async function truthText(
  place: RatesPlace,
  taskThreads: number,
  nodes: Nodes,
  plan: Plan,
  done: PlanDone,
): Promise<string | undefined> {
  const rates = await keptRates(place, taskThreads);
  if (!rates || done.ran < done.tasks) return undefined;
  const isTimed = ({ task }: NamedTask) => rates.operations[task.operation] !== undefined;
  if (!plan.stages.every(({ tasks }) => tasks.every(isTimed))) return undefined;
  const estimate = estimatePlan(plan, rates, nodes);
  const computed = done.stages.reduce((sum, stage) => sum + stage.seconds, 0);
  return `${plan.title}: ${duration(done.seconds)} (planned ${duration(estimate.seconds)}), ${duration(computed)} of computing (planned ${duration(estimate.computing)}).`;
}
