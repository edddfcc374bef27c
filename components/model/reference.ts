import * as pulumi from "@pulumi/pulumi";

/** A port that a workload listens on. */
export interface Port {
  readonly number: number;
  /**
   * What is spoken there; "ws" is HTTP with connections that become WebSockets.
   *
   * @defaultValue "tcp"
   */
  readonly protocol?: "tcp" | "udp" | "http" | "ws" | "grpc";
  /**
   * Whether requests of one browser have to reach the same copy, as long as it runs.
   *
   * @defaultValue false
   */
  readonly sticky?: boolean;
  /**
   * Longest silence on a connection before it may be cut, in seconds; streams need hours.
   *
   * @defaultValue 60
   */
  readonly idleSeconds?: number;
}

/** Where a service is reached. Everything but its readiness is known before it runs. */
export interface Endpoint {
  /** Host name, the same for every client on the target. */
  readonly host: string;
  /** Ports, by the name that clients know them by. */
  readonly ports: Readonly<Record<string, Port>>;
  /** Exist once clients may connect; none for what runs elsewhere. */
  readonly ready: readonly pulumi.Input<pulumi.Resource>[];
  /**
   * Whether it lies outside the target, so that reaching it means leaving the private networks.
   *
   * @defaultValue false
   */
  readonly outside?: boolean;
}

/** Leave to open one port of one endpoint. */
export interface Grant {
  readonly endpoint: Endpoint;
  readonly port: string;
}

/**
 * Text that a workload is told, with the grants that using it needs. Whoever holds a reference in its settings may
 * reach what it names, and starts after it is ready; there is no other way to get either.
 */
export class Reference {
  /** The text: a Pulumi secret where {@link Reference.secret} is set, a plain string where all of it is known beforehand. */
  readonly value: pulumi.Input<string>;
  /** What the holder may open. */
  readonly grants: readonly Grant[];
  /** Whether the text must stay out of every listing, log and configuration. */
  readonly secret: boolean;

  private constructor(value: pulumi.Input<string>, grants: readonly Grant[], secret: boolean) {
    this.value = value;
    this.grants = grants;
    this.secret = secret;
  }

  /**
   * Refers to the host name of an endpoint.
   *
   * @throws InputPropertiesError if the endpoint has no such port
   */
  static host(endpoint: Endpoint, port: string): Reference {
    portOf(endpoint, port);
    return new Reference(endpoint.host, [{ endpoint, port }], false);
  }

  /**
   * Refers to the number of one port of an endpoint.
   *
   * @throws InputPropertiesError if the endpoint has no such port
   */
  static port(endpoint: Endpoint, port: string): Reference {
    return new Reference(`${portOf(endpoint, port).number}`, [{ endpoint, port }], false);
  }

  /**
   * Refers to one port of an endpoint, as `host:port`.
   *
   * @throws InputPropertiesError if the endpoint has no such port
   */
  static to(endpoint: Endpoint, port: string): Reference {
    return ref`${Reference.host(endpoint, port)}:${Reference.port(endpoint, port)}`;
  }

  /**
   * Refers to a server that runs outside the target, by its URL. Whoever holds it may leave the private networks.
   *
   * @throws InputPropertiesError if the URL cannot be read or names no port
   */
  static outside(url: string): Reference {
    const { hostname, port, protocol } = parse(url);
    const number = Number(port) || STANDARD_PORTS[protocol];
    if (!number)
      throw invalid("url", `"${url}" names no port; append one, as in "${protocol}//${hostname}:8080"`);
    const endpoint = { host: hostname, ports: { outside: { number } }, ready: [], outside: true };
    return new Reference(url, [{ endpoint, port: "outside" }], false);
  }

  /** Text that must never be shown, and leads nowhere. */
  static hidden(value: pulumi.Input<string>): Reference {
    return new Reference(pulumi.secret(value), [], true);
  }

  /** Text that may be shown, and leads nowhere. */
  static plain(value: pulumi.Input<string>): Reference {
    return new Reference(value, [], false);
  }

  /** Text made of other settings: it grants and hides all that they do. */
  static join(text: readonly string[], parts: readonly Setting[]): Reference {
    const references = parts.filter((part) => part instanceof Reference);
    const secret = references.some((reference) => reference.secret);
    const value = interpolate(text, parts.map(textOf));
    return new Reference(
      secret ? pulumi.secret(value) : value,
      references.flatMap((reference) => reference.grants),
      secret,
    );
  }
}

/** What a workload may be told. */
export type Setting = string | number | boolean | Reference;

/**
 * Composes settings into one text, which grants and hides all that its parts do.
 *
 * @example
 * ```ts
 * const url = ref`redis://:${password}@${Reference.to(cache, "redis")}/0`;
 * ```
 */
export function ref(text: TemplateStringsArray, ...parts: readonly Setting[]): Reference {
  return Reference.join(text, parts);
}

/** A setting's text, as the engine knows it. */
export function textOf(setting: Setting): pulumi.Input<string> {
  return setting instanceof Reference ? setting.value : `${setting}`;
}

/** Text with others in its gaps: a string where all are strings, since each output costs a program time and memory. */
export function interpolate(
  text: readonly string[],
  parts: readonly pulumi.Input<string>[],
): pulumi.Input<string> {
  const fill = (values: readonly string[]) =>
    text.map((piece, index) => `${piece}${values[index] ?? ""}`).join("");
  const known = parts.filter((part) => typeof part === "string");
  return known.length === parts.length ? fill(known) : pulumi.all([...parts]).apply(fill);
}

/** Whether a setting must stay out of listings and configuration. */
export function isHidden(setting: Setting): setting is Reference {
  return setting instanceof Reference && setting.secret;
}

/** What the holder of settings may open, each port once. */
export function grantsOf(settings: Iterable<Setting>): readonly Grant[] {
  const grants = [...settings].flatMap((setting) => (setting instanceof Reference ? setting.grants : []));
  return grants.filter(
    ({ endpoint, port }, index) =>
      grants.findIndex((other) => other.endpoint === endpoint && other.port === port) === index,
  );
}

/** Ports that a URL leaves out, by its scheme (IANA service names). */
const STANDARD_PORTS: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

function parse(url: string): URL {
  const parsed = URL.parse(url);
  if (!parsed?.hostname)
    throw invalid(
      "url",
      `"${url}" is not a URL; write scheme, host and path, as in "https://api.example.com/v1"`,
    );
  return parsed;
}

function portOf(endpoint: Endpoint, name: string): Port {
  const port = endpoint.ports[name];
  if (!port) {
    const known = Object.keys(endpoint.ports).join(", ") || "none";
    throw invalid("port", `"${endpoint.host}" has no port "${name}"; it has: ${known}`);
  }
  return port;
}

function invalid(propertyPath: string, reason: string): pulumi.InputPropertiesError {
  return new pulumi.InputPropertiesError({ message: reason, errors: [{ propertyPath, reason }] });
}
