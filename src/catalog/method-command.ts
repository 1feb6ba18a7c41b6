import type { AnyMethod } from '../method/method.ts';
import { families } from './generated/families.ts';

/** How a method is called on the command line, if it is: as its family says, or by its family's command. */
export function methodCommand(method: AnyMethod): string | undefined {
  const { id, family } = method.spec;
  const { usage, command } = families.find((own) => own.id === family) ?? {};
  if (usage) return usage(method);
  return command && `tammes ${command.name} vectors.npy -o out.npy --method ${id}`;
}
