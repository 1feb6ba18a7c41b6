import type { ComponentChildren } from 'preact';
import type { AnyOptionSpec } from '../../../../method/options.ts';
import { NumberInput } from './number-input.tsx';

export type OptionValues = Readonly<Record<string, unknown>>;

/** Options of a method as controls; `onChange` gets those that differ from their default. */
export function OptionControls({
  specs,
  values,
  onChange,
  without = [],
}: {
  readonly specs: Readonly<Record<string, AnyOptionSpec>>;
  readonly values: OptionValues;
  readonly onChange: (values: OptionValues) => void;
  readonly without?: readonly string[];
}) {
  const set = (name: string, value: unknown) => {
    const next = Object.entries({ ...values, [name]: value });
    onChange(
      Object.fromEntries(
        next.filter(([key, one]) => one !== undefined && one !== specs[key]?.default),
      ),
    );
  };
  return (
    <div class="options">
      {Object.entries(specs)
        .filter(([name]) => !without.includes(name))
        .map(([name, spec]) => (
          <Field key={name} title={inWords(name)} doc={spec.doc}>
            <OptionInput
              spec={spec}
              value={values[name] ?? spec.default}
              onChange={(value) => set(name, value)}
            />
          </Field>
        ))}
    </div>
  );
}

function OptionInput({
  spec,
  value,
  onChange,
}: {
  readonly spec: AnyOptionSpec;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}) {
  switch (spec.kind) {
    case 'boolean':
      return (
        <input
          type="checkbox"
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <select value={String(value)} onChange={(event) => onChange(event.currentTarget.value)}>
          {(spec.choices ?? []).map((one) => (
            <option key={String(one)} value={String(one)}>
              {String(one)}
            </option>
          ))}
        </select>
      );
    default:
      return (
        <NumberInput
          value={Number(value)}
          step={spec.kind === 'integer' ? 1 : 'any'}
          min={spec.min}
          max={spec.max}
          onChange={onChange}
        />
      );
  }
}

/** A control under its name, what it does in its tooltip. */
export function Field({
  title,
  doc,
  children,
}: {
  readonly title: string;
  readonly doc?: string | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    <label class="field" title={doc}>
      <span>{title}</span>
      {children}
    </label>
  );
}

/** Options of a list, each what it is called. */
export function TitledOptions({
  of,
}: {
  readonly of: readonly { readonly id: string; readonly title: string }[];
}) {
  return (
    <>
      {of.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </>
  );
}

/** `nNeighbors` as words: n neighbors. */
export function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('-', ' ');
}

/** Choices beside one another, one of them taken. */
export function Choices<T extends string>({
  name,
  value,
  choices,
  onChange,
}: {
  readonly name: string;
  readonly value: T;
  readonly choices: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
}) {
  return (
    <fieldset class="choices">
      <legend class="unseen">{name}</legend>
      {choices.map(([id, title]) => (
        <label key={id} class={id === value ? 'taken' : ''}>
          <input type="radio" name={name} checked={id === value} onChange={() => onChange(id)} />
          {title}
        </label>
      ))}
    </fieldset>
  );
}
