import { isSecret, secret } from "../../provider/wire.ts";
import { isValues, type Value, type Values } from "../../provider/value.ts";

/**
 * Marks in `values` what is secret in the program's inputs. Objects are gone into, so that one secret does not hide a whole Deployment; of a list
 * with a secret in it all is secret, as its elements may move. A Secret's data always is.
 */
export function withSecretsOf(given: Values, values: Values): Values {
  if (values["kind"] === "Secret") {
    const { data, stringData } = values;
    return {
      ...values,
      ...(data === undefined ? {} : { data: secret(data) }),
      ...(stringData === undefined ? {} : { stringData: secret(stringData) }),
    };
  }
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, markedAs(given[name], value)]),
  );
}

function markedAs(given: Value | undefined, value: Value): Value {
  if (given === undefined || isSecret(value)) return value;
  if (isValues(value) && isValues(given) && !isSecret(given)) return withSecretsOf(given, value);
  return hasSecret(given) ? secret(value) : value;
}

export function hasSecret(value: Value): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return (value as readonly Value[]).some(hasSecret);
  return isValues(value) && Object.values(value).some(hasSecret);
}
