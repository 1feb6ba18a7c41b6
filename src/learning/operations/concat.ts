import { ShapeError } from '../../core/errors.ts';
import { operation, rowsOf, type Shape, shapeInWords, type Tensor } from '../tape/tensor.ts';
import { copyColumns } from './columns.ts';

/** Rows side by side: parts … × d₁, … × d₂, … → … × (d₁ + d₂ + …), all other axes alike. */
export function concat(...parts: readonly Tensor[]): Tensor {
  const [first] = parts;
  if (!first) throw new ShapeError('concat', 'at least one tensor', 'none');
  const [n] = rowsOf(first.shape);
  const leading = shapeInWords(leadingOf(first.shape));
  for (const { shape } of parts) {
    if (shape.length !== first.shape.length || shapeInWords(leadingOf(shape)) !== leading)
      throw new ShapeError(
        'concat',
        `tensors that agree with ${shapeInWords(first.shape)} in all but the last axis`,
        shapeInWords(shape),
      );
  }
  const widths = parts.map(({ shape }) => rowsOf(shape)[1]);
  const starts = widths.map((_, i) => widths.slice(0, i).reduce((sum, width) => sum + width, 0));
  const d = widths.reduce((sum, width) => sum + width, 0);
  return operation('concat', parts, [...leadingOf(first.shape), d], {
    forward({ inputs, out }) {
      inputs.forEach((part, i) => {
        copyColumns(part, widths[i], 0, out, d, starts[i], widths[i], n);
      });
    },
    backward({ gradient, to }) {
      to.forEach((part, i) => {
        if (part) copyColumns(gradient, d, starts[i], part, widths[i], 0, widths[i], n);
      });
    },
  });
}

const leadingOf = (shape: Shape) => shape.slice(0, -1);
