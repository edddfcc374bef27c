import { isUnknown, unknown, type Value, type Values } from "../value.ts";
import type { Properties } from "../property.ts";
import type { Timeouts } from "../resource.ts";
import type { Semantics } from "./semantics.ts";
import { isBlockList, isReserved } from "./types.ts";

/** What of a resource's definition shows in its state. */
export interface StateForm {
  readonly properties: Properties;
  readonly schemaVersion?: number;
  readonly timeouts?: Timeouts;
}

/** The outputs as the state keeps them: complete, with the id, and with what the official plugin needs to read them. */
export function stored(form: StateForm, id: string, outputs: Values, semantics: Semantics): Values {
  return { ...complete(form.properties, id, outputs, semantics), ...meta(form) };
}

/** The outputs that a preview shows. */
export function previewed(
  form: StateForm,
  id: string | undefined,
  planned: Values,
  semantics: Semantics,
): Values {
  return complete(form.properties, id ?? unknown, planned, semantics);
}

/** The outputs as an operation wants them. */
export function bare(outputs: Values): Values {
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => !isReserved(name)));
}

/** The planned state without what only the provider can compute. */
export function known(planned: Values): Values {
  return Object.fromEntries(
    Object.entries(planned).map(([name, value]): [string, Value] => [name, isUnknown(value) ? null : value]),
  );
}

function complete(table: Properties, id: string, outputs: Values, semantics: Semantics): Values {
  const values = bare(outputs);
  if (!semantics.keepsNulls) {
    const present = Object.entries(values).filter(([, value]) => value !== null);
    return { ...Object.fromEntries(present), ...("id" in table ? { id } : {}) };
  }
  const absent = Object.entries(table).map(([name, { type }]) => [name, isBlockList(type) ? [] : null]);
  return { ...Object.fromEntries(absent), ...values, id };
}

/** The key under which Terraform's SDK keeps a resource's time-outs. */
const timeoutsKey = "e2bfb730-ecaa-11e6-8f88-34363bc7c4c0";

function meta({ schemaVersion = 0, timeouts }: StateForm): Values {
  if (schemaVersion === 0 && !timeouts) return {};
  const nanoseconds = Object.entries(timeouts ?? {})
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, seconds]) => [name, seconds * 1e9]);
  return {
    __meta: JSON.stringify({
      ...(timeouts ? { [timeoutsKey]: Object.fromEntries(nanoseconds) } : {}),
      schema_version: String(schemaVersion),
    }),
  };
}
