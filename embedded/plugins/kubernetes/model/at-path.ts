/** Values inside of objects, by the steps that lead to them. */
import { isValues, type Value, type Values } from "../../provider/value.ts";

type Steps = readonly (string | number)[];

export function valueAt(value: Value | undefined, [step, ...rest]: Steps): Value | undefined {
  if (step === undefined) return value;
  if (typeof step === "number")
    return Array.isArray(value) ? valueAt((value as readonly Value[])[step], rest) : undefined;
  return isValues(value) ? valueAt(value[step], rest) : undefined;
}

/** The object with the value there, or without if there is none; steps into lists that are too short lead nowhere. */
export function withValueAt(object: Values, steps: Steps, value: Value | undefined): Values {
  const changed = changedAt(object, steps, value);
  return isValues(changed) ? changed : object;
}

function changedAt(
  current: Value | undefined,
  [step, ...rest]: Steps,
  value: Value | undefined,
): Value | undefined {
  if (step === undefined) return value;
  if (typeof step === "number") {
    if (!Array.isArray(current) || step >= current.length) return current;
    return (current as readonly Value[]).flatMap((each, index) => {
      const inside = index === step ? changedAt(each, rest, value) : each;
      return inside === undefined ? [] : [inside];
    });
  }
  const { [step]: before, ...others } = isValues(current) ? current : {};
  const inside = changedAt(before, rest, value);
  if (inside === undefined) return current === undefined ? undefined : others;
  return { ...others, [step]: inside };
}
