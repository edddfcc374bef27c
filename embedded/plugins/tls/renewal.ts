import { unknown, type Value, type Values } from "../provider/value.ts";

interface Validity {
  readonly validityEndTime?: Value;
  readonly earlyRenewalHours?: Value;
}

/** Plans a new certificate in place of one that expires, or is in its time of early renewal. */
export function renewedInTime(planned: Values, stored: Values | undefined): Values {
  return stored && isDue(planned) ? { ...planned, readyForRenewal: unknown } : planned;
}

/** Whether a certificate of a stored or planned state has expired, or its time of early renewal has come. */
function isDue({ validityEndTime, earlyRenewalHours }: Validity): boolean {
  if (typeof validityEndTime !== "string") return false;
  const early = typeof earlyRenewalHours === "number" ? earlyRenewalHours : 0;
  return Date.parse(validityEndTime) - early * 3_600_000 <= Date.now();
}

/** The state that a refresh finds: a certificate does not change, but its time comes. */
export function refreshed<Outputs extends Validity>(outputs: Outputs): Outputs {
  return isDue(outputs) ? { ...outputs, readyForRenewal: true } : outputs;
}
