/** Quantities as the API server writes them: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */

const binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"] as const;
const decimal: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  "": 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const suffixes = new Map(Object.entries(decimal).map(([suffix, exponent]) => [exponent, suffix]));

/** Everything is counted in billionths, the finest that there is. */
const nano = 10n ** 9n;

interface Parsed {
  readonly nanos: bigint;
  readonly form: "binary" | "decimal" | "exponent";
}

/** `1000m` is `1`, `0.5` is `500m`, `1024Mi` is `1Gi`. What is no quantity stays as it is: the API server refuses it. */
export function canonicalQuantity(text: string): string {
  const parsed = parse(text);
  if (!parsed) return text;
  const { nanos, form } = parsed;
  if (nanos === 0n) return "0";
  const isLarge = nanos >= 1024n * nano || nanos <= -1024n * nano;
  return form === "binary" && isLarge && nanos % nano === 0n
    ? binaryText(nanos / nano)
    : decimalText(nanos, form === "exponent");
}

function parse(text: string): Parsed | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:([eE])([+-]?\d+)|([KMGTPE]i|[numkMGTPE]?))$/.exec(text);
  const [, sign, whole = "", fraction = "", exponential, exponent, suffix = ""] = match ?? [];
  if (!match || whole + fraction === "") return undefined;
  const digits = BigInt(whole + fraction) * (sign === "-" ? -1n : 1n);
  const power = binary.findIndex((each) => each !== "" && each === suffix);
  if (power > 0)
    return { nanos: shifted(digits * 1024n ** BigInt(power), 9 - fraction.length), form: "binary" };
  const shift = exponential === undefined ? (decimal[suffix] ?? 0) : Number(exponent);
  return {
    nanos: shifted(digits, 9 + shift - fraction.length),
    form: exponential === undefined ? "decimal" : "exponent",
  };
}

/** Times a power of ten; what is finer than a billionth is rounded up, away from zero. */
function shifted(value: bigint, power: number): bigint {
  if (power >= 0) return value * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  const rest = value % divisor;
  return value / divisor + (rest === 0n ? 0n : rest > 0n ? 1n : -1n);
}

function binaryText(value: bigint): string {
  let [rest, power] = [value, 0];
  while (rest % 1024n === 0n && power < binary.length - 1) {
    rest /= 1024n;
    power++;
  }
  return `${rest}${binary[power]}`;
}

function decimalText(nanos: bigint, exponential: boolean): string {
  let [rest, exponent] = [nanos, -9];
  while (rest % 1000n === 0n && exponent < 18) {
    rest /= 1000n;
    exponent += 3;
  }
  if (!exponential) return `${rest}${suffixes.get(exponent)}`;
  return exponent === 0 ? `${rest}` : `${rest}e${exponent}`;
}
