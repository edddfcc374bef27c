import * as pulumi from "@pulumi/pulumi";
import { Reference } from "../model/reference.ts";
import type { Route, Target } from "../model/target.ts";

/** Arguments of {@link Gateway}. */
export interface GatewayArgs {
  readonly target: Target;
  /** Host name that browsers use. */
  readonly host: string;
  /** Services by path prefix; the longest that fits wins. */
  readonly routes: Readonly<Record<string, Reference | Route>>;
}

/** The one way in from outside. It comes after the services that it leads to, and refers to them as any client does. */
export class Gateway extends pulumi.ComponentResource {
  /** Where browsers reach it, without a trailing slash. */
  readonly url: string;

  constructor(name: string, { target, host, routes }: GatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Gateway", name, {}, opts);
    const entries = Object.entries(routes).map(([path, to]) => [path, to instanceof Reference ? { to } : to]);
    target.expose(name, { host, routes: Object.fromEntries(entries) }, { parent: this });
    this.url = target.urlOf(host);
    this.registerOutputs({});
  }
}
