import type { KeyObject } from "node:crypto";
import type { Values } from "../provider/value.ts";
import { readPrivateKey } from "./keys.ts";

/** Refuses inputs with no key or two: a key is given to be kept in the state, or to be written only. */
export function oneKey(name: string): (inputs: Values) => string | undefined {
  return (inputs) => {
    const given = [name, `${name}Wo`].filter((each) => each in inputs);
    return given.length === 1
      ? undefined
      : `${given.length === 0 ? "none" : "both"} of '${name}' and '${name}Wo' are given: give exactly one`;
  };
}

export function givenKey(kept: string | undefined, writeOnly: string | undefined): KeyObject {
  return readPrivateKey(kept ?? writeOnly ?? "");
}
