/** What the official plugin refuses, and which differences it takes for none, beyond what the columns of the tables say. */
import { matches, parses } from "../../provider/validate.ts";
import { isValues } from "../../provider/value.ts";
import type { Value } from "../../provider/value.ts";
import { parseDuration } from "../duration.ts";

export const duration = parses(parseDuration);

/** Says nothing of the value, which may be a secret. */
export const base64 = parses((text) => {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text))
    throw new Error("the value is not base64: encode the bytes with the standard alphabet and padding");
});
export const absolutePath = matches(/^[a-zA-Z]:[\\/]|^\//);

/** The image decides where the program gives nothing, and the state keeps what the image decided. */
export function emptyMeansUnset(_stored: Value | undefined, wanted: Value | undefined): boolean {
  return wanted === undefined || wanted === null || wanted === "";
}

export function emptyMeansAnyAddress(stored: Value | undefined, wanted: Value | undefined): boolean {
  return wanted === "" && stored === "0.0.0.0";
}

/** Docker answers a container's ports in an order of its own. */
export function samePorts(stored: Value | undefined, wanted: Value | undefined): boolean {
  const before = portKeys(stored);
  const after = portKeys(wanted);
  return before.length === after.length && before.every((key) => after.includes(key));
}

function portKeys(ports: Value | undefined): readonly string[] {
  if (!Array.isArray(ports)) return [];
  return ports
    .filter(isValues)
    .map(({ internal, external, ip, protocol }) => JSON.stringify([internal, external, ip, protocol]));
}
