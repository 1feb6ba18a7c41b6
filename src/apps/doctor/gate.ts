import { OptionError } from '../../core/errors.ts';
import type { MetricRow } from '../../families/metrics/types.ts';
import { type Finding, SEVERITIES, type Severity } from './contract.ts';
import { FIELD_METRICS } from './fields.ts';

/** A condition under which a check fails, as `hubnessSkewness>2`, `minAngleDeg.low<1` or `warning`. */
export type Condition = NumberCondition | { readonly text: string; readonly severity: Severity };

interface NumberCondition {
  readonly text: string;
  /** Metric id. */
  readonly id: string;
  readonly part: 'value' | 'low' | 'high';
  readonly operator: keyof typeof OPERATORS;
  readonly bound: number;
}

const OPERATORS = {
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
} as const;

const SHAPE = /^\s*([A-Za-z][\w-]*?)(?:\.(low|high))?\s*(>=|<=|>|<)\s*(\S+)\s*$/;

/** Reads a condition; `ids` are those of the metrics that may be named, kebab-case or camelCase. */
export function parseCondition(text: string, ids: readonly string[], where = 'measure'): Condition {
  const severity = SEVERITIES.find((name) => name === text.trim());
  if (severity) return { text, severity };
  const [, name = '', part = 'value', operator = '', bound = ''] = SHAPE.exec(text) ?? [];
  const id = idOf(name, ids);
  if (id === undefined || !Number.isFinite(Number(bound))) {
    const wanted =
      'METRIC>NUMBER, METRIC.low<NUMBER (or high, >=, <=) or one of error, warning, note';
    throw new OptionError(where, 'fail-on', wanted, text);
  }
  return {
    text,
    id,
    part: part as NumberCondition['part'],
    operator: operator as NumberCondition['operator'],
    bound: Number(bound),
  };
}

function idOf(name: string, ids: readonly string[]): string | undefined {
  const field = Object.hasOwn(FIELD_METRICS, name)
    ? FIELD_METRICS[name as keyof typeof FIELD_METRICS]
    : undefined;
  if (field !== undefined && ids.includes(field)) return field;
  const kebab = name.replace(/[A-Z0-9]+/g, (c) => `-${c.toLowerCase()}`);
  return ids.find((id) => id === name) ?? ids.find((id) => id === kebab || camelCase(id) === name);
}

function camelCase(id: string): string {
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** How a condition came out. */
export interface Verdict {
  readonly condition: string;
  readonly failed: boolean;
  /** One sentence. */
  readonly sentence: string;
}

/** A number that does not exist fails its condition: a gate that cannot look must not open. */
export function judged(
  condition: Condition,
  metrics: readonly Pick<MetricRow, 'id' | 'value' | 'low' | 'high'>[],
  findings: readonly Finding[],
): Verdict {
  if ('severity' in condition) return bySeverity(condition.text, condition.severity, findings);
  const { id, part, operator, bound, text } = condition;
  const value = metrics.find((row) => row.id === id)?.[part] ?? null;
  const name = part === 'value' ? id : `${id} (${part})`;
  if (value === null) {
    return { condition: text, failed: true, sentence: `${name} does not exist for this file.` };
  }
  const failed = OPERATORS[operator](value, bound);
  const sentence = `${name} is ${Number(value.toPrecision(6))}; it fails ${operator} ${bound}.`;
  return { condition: text, failed, sentence };
}

function bySeverity(text: string, severity: Severity, findings: readonly Finding[]): Verdict {
  const reached = SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1);
  const found = findings
    .filter((finding) => reached.includes(finding.severity))
    .map(({ id }) => id);
  const failed = found.length > 0;
  const sentence = failed
    ? `found ${found.join(', ')}.`
    : `found nothing as bad as ${article(severity)} ${severity}.`;
  return { condition: text, failed, sentence };
}

function article(severity: Severity): string {
  return severity === 'error' ? 'an' : 'a';
}
