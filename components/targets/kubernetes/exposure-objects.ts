import type * as pulumi from "@pulumi/pulumi";
import type { EntryRoute } from "./exposure-routes.ts";

/** What the objects of an exposure are made from. */
export interface Entry {
  /** Name of the exposure: begins the names of its objects. */
  readonly name: string;
  readonly host: string;
  /** Name of the IngressClass or of the GatewayClass. */
  readonly class: string;
  readonly namespace: pulumi.Input<string>;
  /** Secret with the certificate for the host; none where it is reached by http. */
  readonly certificate: string | undefined;
  readonly routes: readonly EntryRoute[];
}

/** An object of the cluster, before it is made. */
export interface EntryObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly annotations?: Readonly<Record<string, pulumi.Input<string>>>;
  readonly spec: object;
}

/** One way to say to a cluster what an exposure asks for. */
export interface Dialect {
  /** Why a route, or the entry as a whole, can't be said, with what to do; nothing where all can. */
  readonly refusals: (entry: Entry) => readonly string[];
  /** The objects, each after those that it refers to. */
  readonly objects: (entry: Entry) => readonly EntryObject[];
}

/** Longest silence on a connection that is left alone unless more is asked for, in seconds. */
const USUAL_SILENCE_SECONDS = 60;

/** Whether connections have to outlive the time-outs that proxies usually have. */
export function isLong({ port: { idleSeconds = USUAL_SILENCE_SECONDS } }: EntryRoute): boolean {
  return idleSeconds > USUAL_SILENCE_SECONDS;
}

/** Name of the objects of a route. */
export function nameOf({ name }: Entry, { suffix }: EntryRoute): string {
  return `${name}${suffix}`;
}
