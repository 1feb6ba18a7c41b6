import { OptionError } from '../../../core/errors.ts';
import {
  convolution,
  dense,
  type Layer,
  layer,
  maxPool2d,
  mlp,
  relu,
  reshape,
  type Tensor,
} from '../../../learning/index.ts';

import { choice, integer } from '../../../method/options.ts';

/** What turns a vector into an embedding. */
export const ENCODERS = ['linear', 'mlp', 'cnn'] as const;

/** The options of every learner with an encoder. */
export const encoderOptions = {
  encoder: choice(ENCODERS, 'mlp', 'What turns a row into its embedding; cnn takes square images.'),
  hidden: integer(256, 'Columns of the hidden layer of mlp.', { min: 1 }),
} as const;

export interface EncoderSettings {
  readonly encoder: (typeof ENCODERS)[number];
  /** Columns of the input. */
  readonly inputs: number;
  /** Columns of the hidden layer of `mlp`. */
  readonly hidden: number;
  /** Columns of the embedding. */
  readonly dim: number;
}

export interface EncoderContext {
  /** What its parameters' names begin with; default `encoder`. */
  readonly name?: string | undefined;
  readonly seed: number;
  readonly float64: boolean;
}

/** Channels of the two convolutions of `cnn`. */
const CHANNELS = [16, 32] as const;

/** `linear`; `mlp` inputs–hidden–dim; `cnn` two 3 × 3 convolutions with pooling over square images, then linear. */
export function encoderOf(
  { encoder, inputs, hidden, dim }: EncoderSettings,
  { name = 'encoder', ...context }: EncoderContext,
): Layer {
  switch (encoder) {
    case 'linear':
      return dense({ ...context, name: `${name}.0`, inputs, outputs: dim });
    case 'mlp':
      return mlp({ ...context, name, sizes: [inputs, hidden, dim] });
    case 'cnn':
      return smallCnn(name, inputs, dim, context);
  }
}

function smallCnn(name: string, inputs: number, dim: number, context: EncoderContext): Layer {
  const side = Math.sqrt(inputs);
  if (!Number.isInteger(side) || side < 4)
    throw new OptionError(
      'learn',
      'encoder',
      `"mlp" or "linear" for rows of ${inputs} numbers, which are no square image of 4 × 4 or more`,
      'cnn',
    );
  const [first, second] = CHANNELS;
  const window = { ...context, padding: 'same' } as const;
  const outer = convolution({ ...window, name: `${name}.0`, inputs: 1, outputs: first });
  const inner = convolution({ ...window, name: `${name}.1`, inputs: first, outputs: second });
  const last = Math.floor(Math.floor(side / 2) / 2);
  const flat = last * last * second;
  const out = dense({ ...context, name: `${name}.2`, inputs: flat, outputs: dim });
  const halved = (x: Tensor) => maxPool2d(relu(x), 2);
  return layer([...outer.parameters, ...inner.parameters, ...out.parameters], (x: Tensor) => {
    const n = x.shape[0];
    const images = reshape(x, [n, side, side, 1]);
    return out(reshape(halved(inner(halved(outer(images)))), [n, flat]));
  });
}
