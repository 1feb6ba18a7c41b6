import type { Cost, Operation } from './operation.ts';
import { operationOf } from './operations/index.ts';
import type { NamedTask, Plan } from './plan.ts';

/** What tasks of an operation take: seconds for each, and for each unit of their work. */
export interface OperationRate {
  readonly perTask: number;
  readonly perUnit: number;
}

/** Rates that were measured on one machine. */
export interface Rates {
  readonly operations: Readonly<Record<string, OperationRate>>;
  /** Bytes a second from the store of the table, and into the store of the work. */
  readonly read: number;
  readonly write: number;
}

/** Machines that a plan is to run on. */
export interface Nodes {
  readonly nodes: number;
  /** Tasks at a time on each. */
  readonly threads: number;
  /** Bytes a second between a node and the stores, both ways together; what was measured here where it is missing. */
  readonly bandwidth?: number | undefined;
  /** What an hour of a node costs. */
  readonly price?: number | undefined;
}

/** What a stage will take. */
export interface StageEstimate extends Cost {
  readonly title: string;
  readonly tasks: number;
  /** Seconds of computing, summed over tasks, as a run tells them. */
  readonly computing: number;
  /** Seconds from its begin to its end. */
  readonly seconds: number;
}

/** The same of all stages. */
export interface PlanEstimate extends StageEstimate {
  readonly stages: readonly StageEstimate[];
  readonly nodeHours: number;
  readonly cost?: number | undefined;
}

/** A task whose time was taken. */
export interface TimedTask {
  readonly named: NamedTask;
  readonly seconds: number;
}

/** Tasks that a queue hands out a second, as measured. */
const HANDED_OUT = 1000;

/** The size of a task in the unit of its operation: products, or bytes where it has none. */
export function unitsOf({ task }: NamedTask): number {
  const operation: Operation = operationOf(task);
  const { products, bytesRead, bytesWritten } = operation.cost(task.settings as never);
  return products > 0 ? products : bytesRead + bytesWritten;
}

/**
 * The rates of operations from tasks of two sizes: what grows with the work is divided by it, what does not is counted for
 * each task.
 */
export function ratesOf(
  small: readonly TimedTask[],
  large: readonly TimedTask[],
): Record<string, OperationRate> {
  const [one, two] = [meansOf(small), meansOf(large)];
  const rates: Record<string, OperationRate> = {};
  for (const [operation, at] of two) {
    const before = one.get(operation);
    const slope =
      before && at.units > before.units
        ? (at.seconds - before.seconds) / (at.units - before.units)
        : 0;
    // Where the small ones took as long, nothing can be told apart: all of it grows.
    const perUnit = slope > 0 ? slope : at.seconds / Math.max(1, at.units);
    rates[operation] = { perUnit, perTask: Math.max(0, at.seconds - perUnit * at.units) };
  }
  return rates;
}

/** Mean seconds and units of the tasks of each operation. */
function meansOf(tasks: readonly TimedTask[]): Map<string, { seconds: number; units: number }> {
  const sums = new Map<string, { seconds: number; units: number; count: number }>();
  for (const { named, seconds } of tasks) {
    const sum = sums.get(named.task.operation) ?? { seconds: 0, units: 0, count: 0 };
    sum.seconds += seconds;
    sum.units += unitsOf(named);
    sum.count++;
    sums.set(named.task.operation, sum);
  }
  return new Map(
    [...sums].map(([id, { seconds, units, count }]) => [
      id,
      { seconds: seconds / count, units: units / count },
    ]),
  );
}

/**
 * What a plan takes on these nodes. A stage is over when its last task is: its tasks run in rounds of as many as there are
 * threads, or as fast as the queue hands them out or the nodes move their bytes, whichever is slowest.
 */
export function estimatePlan(plan: Plan, rates: Rates, nodes: Nodes): PlanEstimate {
  const stages = plan.stages.map(({ title, tasks }) => estimateStage(title, tasks, rates, nodes));
  const sum = (field: Exclude<keyof StageEstimate, 'title'>) =>
    stages.reduce((total, stage) => total + stage[field], 0);
  const seconds = sum('seconds');
  const nodeHours = (nodes.nodes * seconds) / 3600;
  return {
    title: plan.title,
    stages,
    tasks: sum('tasks'),
    products: sum('products'),
    bytesRead: sum('bytesRead'),
    bytesWritten: sum('bytesWritten'),
    computing: sum('computing'),
    seconds,
    nodeHours,
    ...(nodes.price !== undefined && { cost: nodeHours * nodes.price }),
  };
}

function estimateStage(
  title: string,
  tasks: readonly NamedTask[],
  rates: Rates,
  { nodes, threads, bandwidth }: Nodes,
): StageEstimate {
  const total = { products: 0, bytesRead: 0, bytesWritten: 0, computing: 0, longest: 0 };
  for (const named of tasks) {
    const { task } = named;
    const cost = operationOf(task).cost(task.settings as never);
    const { perTask, perUnit } = rates.operations[task.operation] ?? { perTask: 0, perUnit: 0 };
    const moving =
      bandwidth === undefined ? cost.bytesRead / rates.read + cost.bytesWritten / rates.write : 0;
    const seconds = perTask + perUnit * unitsOf(named) + moving;
    total.products += cost.products;
    total.bytesRead += cost.bytesRead;
    total.bytesWritten += cost.bytesWritten;
    total.computing += seconds;
    total.longest = Math.max(total.longest, seconds);
  }
  const { longest, ...sums } = total;
  const slots = nodes * threads;
  const rounds = Math.ceil(tasks.length / slots) / Math.max(1, tasks.length);
  const moved = (sums.bytesRead + sums.bytesWritten) / ((bandwidth ?? Infinity) * nodes);
  const seconds = Math.max(sums.computing * rounds, longest, moved, tasks.length / HANDED_OUT);
  return { title, tasks: tasks.length, ...sums, seconds };
}
