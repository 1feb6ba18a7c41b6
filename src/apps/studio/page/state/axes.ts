import { signal } from '@preact/signals';
import type { TableInfo } from '../../contract.ts';
import { act, info } from './session.ts';

/** A number with its 95 % interval. */
interface Between {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What was said of an axis when it was fitted. */
export interface AxisFacts {
  readonly directions: readonly { readonly name: string; readonly bandDegrees: number | null }[];
  readonly spearman: Between | null;
  readonly null: number | null;
  readonly ceiling: number | null;
  readonly heldOut: { readonly rows: number; readonly folds: number } | null;
  readonly warnings: readonly string[];
}

/** One direction of an axis of the session. */
export interface Direction {
  /** What it is called where an axis is asked for: `price`, or `topics:sport` of several. */
  readonly name: string;
  readonly axis: string;
  /** Its place in the axis. */
  readonly place: number;
  /** Fields with the places of rows along it and the half widths of their bands, where they still are there. */
  readonly along: string | undefined;
  readonly band: string | undefined;
}

/** What is known of axes, by their table and name, while the page is open. */
const facts = signal<Readonly<Record<string, AxisFacts | undefined>>>({});
/** The direction that is shown, by table. */
export const shownDirection = signal<Readonly<Record<string, string | undefined>>>({});
/** Rows that were taken as the ends of an axis. */
export const ends = signal<{
  readonly table: string;
  readonly low: Int32Array | undefined;
  readonly high: Int32Array | undefined;
}>({ table: '', low: undefined, high: undefined });

export const axisFacts = (table: string, axis: string): AxisFacts | undefined =>
  facts.value[`${table} ${axis}`];

/** Every direction of a table, the newest axis first. */
export function directionsOf({ id, fields }: TableInfo): readonly Direction[] {
  const known = new Set(fields.map((field) => field.id));
  const axes = (info.value?.axes ?? []).filter(({ table }) => table === id).toReversed();
  return axes.flatMap(({ name: axis, directions }) =>
    directions.map((direction, place) => {
      const name = directions.length > 1 ? `${axis}:${direction}` : axis;
      const along = known.has(`${name}-axis`) ? `${name}-axis` : undefined;
      const band = known.has(`${name}-axis-band`) ? `${name}-axis-band` : undefined;
      return { name, axis, place, along, band };
    }),
  );
}

/** Fits an axis and shows its first direction. */
export async function fitAxis(
  table: string,
  given: Readonly<Record<string, unknown>>,
): Promise<void> {
  const answer = await act('Axis', 'axis', { table, ...given });
  if (!answer) return;
  const { name, directions } = answer.facts['axis'] as {
    readonly name: string;
    readonly directions: readonly string[];
  };
  facts.value = { ...facts.value, [`${table} ${name}`]: answer.facts as unknown as AxisFacts };
  const first = directions.length > 1 ? `${name}:${directions[0]}` : name;
  shownDirection.value = { ...shownDirection.value, [table]: first };
}
