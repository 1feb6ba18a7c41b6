import { histogram, lineChart } from '../../../report/charts/index.ts';
import { count, fixed } from '../../../report/format.ts';
import type { Angles, Laws, Seen } from '../state/dispersing.ts';
import { Chart } from './chart.tsx';

const [WIDTH, HEIGHT] = [360, 190];

/** The loss by step. */
export function LossChart({ seen }: { readonly seen: readonly Seen[] }) {
  const known = seen.filter(({ loss }) => loss !== null);
  if (known.length < 2) return null;
  const svg = lineChart({
    id: 'live-loss',
    width: WIDTH,
    height: HEIGHT,
    title: 'Loss by step',
    description: `From ${fixed(known[0].loss, 4)} to ${fixed(known.at(-1)?.loss, 4)}.`,
    xTitle: 'step',
    yTitle: 'loss',
    lines: [
      {
        kind: 'after',
        label: '',
        x: known.map(({ step }) => step),
        y: known.map(({ loss }) => loss ?? Number.NaN),
      },
    ],
  });
  return <Chart svg={svg} />;
}

/** The smallest angle by step, beside what uniform points have and what no points can have. */
export function AngleChart({
  seen,
  laws,
}: {
  readonly seen: readonly Seen[];
  readonly laws: Laws | undefined;
}) {
  const known = seen.filter(({ smallestDeg }) => smallestDeg !== null);
  if (known.length < 2) return null;
  const x = known.map(({ step }) => step);
  const level = (y: number) => x.map(() => y);
  const uniform = laws?.uniformSmallestDeg;
  const bound = laws?.bestKnownDeg ?? laws?.boundDeg;
  const svg = lineChart({
    id: 'live-angle',
    width: WIDTH,
    height: HEIGHT,
    title: 'Smallest angle by step',
    description: `Now ${fixed(known.at(-1)?.smallestDeg, 2)} degrees.`,
    xTitle: 'step',
    yTitle: 'smallest angle, degrees',
    lines: [
      {
        kind: 'after',
        label: 'smallest',
        x,
        y: known.map(({ smallestDeg }) => smallestDeg ?? Number.NaN),
      },
      ...(typeof uniform === 'number'
        ? [{ kind: 'before' as const, label: 'uniform', x, y: level(uniform) }]
        : []),
    ],
    ...(typeof bound === 'number' && {
      reference: { label: laws?.bestKnownDeg == null ? 'bound' : 'best known', y: bound },
    }),
  });
  return <Chart svg={svg} />;
}

/** Angles to the nearest row, over the law of uniform points. */
export function NearestChart({ angles }: { readonly angles: Angles }) {
  const { edges, counts, nullAngles, nullDensity, asked, exact } = angles;
  const svg = histogram({
    id: 'live-nearest',
    width: WIDTH,
    height: HEIGHT + 20,
    title: 'Angles to the nearest row',
    description: `Half of them are below ${fixed(angles.medianDeg, 1)} degrees.`,
    xTitle: 'degrees to the nearest row',
    yTitle: exact ? '% per degree' : `% per degree, ${count(asked)} rows drawn`,
    edges,
    series: [{ kind: 'after', label: 'now', counts }],
    ...(nullAngles &&
      nullDensity && {
        curve: { label: 'uniform points', x: nullAngles, density: nullDensity },
      }),
  });
  return <Chart svg={svg} />;
}
