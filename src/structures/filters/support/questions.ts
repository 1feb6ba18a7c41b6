import type { FilterBlock, Question, Value } from '../types.ts';

type Ask = (block: FilterBlock, out: Uint8Array) => void;

/** Answers a question on a column of numbers; NaN answers none but `missing`. */
export function questionOfNumbers(question: Question, isNegated: boolean): Ask {
  const { column } = question;
  const flip = isNegated ? 1 : 0;
  if (question.kind === 'missing')
    return (block, out) => {
      const values = block[column];
      for (let i = 0; i < out.length; i++) out[i] = (Number.isNaN(values[i]) ? 1 : 0) ^ flip;
    };
  if (question.kind === 'in') {
    const wanted = new Set<number>(question.values as readonly number[]);
    return (block, out) => {
      const values = block[column];
      for (let i = 0; i < out.length; i++)
        out[i] = Number.isNaN(values[i]) || wanted.has(values[i]) === isNegated ? 0 : 1;
    };
  }
  const { low, high, isOutside } = intervalOf(question, isNegated);
  return (block, out) => {
    const values = block[column];
    // Both comparisons are false for NaN.
    if (isOutside)
      for (let i = 0; i < out.length; i++) out[i] = values[i] < low || values[i] > high ? 1 : 0;
    else
      for (let i = 0; i < out.length; i++) out[i] = values[i] >= low && values[i] <= high ? 1 : 0;
  };
}

/** The closed interval that numbers lie in, or outside, to pass. */
function intervalOf(question: Question, isNegated: boolean) {
  const [low, high, isOutside] = endsOf(question);
  return { low, high, isOutside: isOutside !== isNegated };
}

function endsOf(question: Question): readonly [low: number, high: number, isOutside: boolean] {
  if (question.kind === 'between') return [Number(question.low), Number(question.high), false];
  if (question.kind !== 'compare') return [-Infinity, Infinity, false];
  const value = Number(question.value);
  switch (question.operator) {
    case '=':
      return [value, value, false];
    case '!=':
      return [value, value, true];
    case '<':
      return [value, Infinity, true];
    case '>':
      return [-Infinity, value, true];
    case '<=':
      return [-Infinity, value, false];
    case '>=':
      return [value, Infinity, false];
  }
}

/** Answers a question on a column of texts, once for each different text. */
export function questionOfTexts(
  question: Question,
  isNegated: boolean,
  texts: readonly string[],
): Ask {
  const asked = answerOf(question);
  const answers = Uint8Array.from(texts, (text) => {
    if (text === '' && question.kind !== 'missing') return 0;
    return asked(text) === isNegated ? 0 : 1;
  });
  const { column } = question;
  return (block, out) => {
    const codes = block[column];
    for (let i = 0; i < out.length; i++) out[i] = answers[codes[i]];
  };
}

function answerOf(question: Question): (text: string) => boolean {
  switch (question.kind) {
    case 'missing':
      return (text) => text === '';
    case 'contains':
      return (text) => text.includes(question.text);
    case 'in': {
      const wanted = new Set<Value>(question.values);
      return (text) => wanted.has(text);
    }
    case 'between':
      return (text) => text >= question.low && text <= question.high;
    case 'compare':
      return compared(question.operator, question.value as string);
  }
}

/** Texts are ordered as JavaScript orders them, by UTF-16 code units: dates written year first come in their order. */
function compared(operator: string, value: string): (text: string) => boolean {
  switch (operator) {
    case '=':
      return (text) => text === value;
    case '!=':
      return (text) => text !== value;
    case '<':
      return (text) => text < value;
    case '<=':
      return (text) => text <= value;
    case '>':
      return (text) => text > value;
    default:
      return (text) => text >= value;
  }
}
