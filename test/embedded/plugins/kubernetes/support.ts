import type { Context, Resource } from "../../../../embedded/plugins/provider/resource.ts";
import { Client } from "../../../../embedded/plugins/kubernetes/api/client.ts";
import { Cluster } from "../../../../embedded/plugins/kubernetes/config/cluster.ts";
import { readSettings } from "../../../../embedded/plugins/kubernetes/config/settings.ts";
import { kubernetes } from "../../../../embedded/plugins/kubernetes/provider.ts";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { typeOfUrn } from "../../../../embedded/plugins/provider/urn.ts";

export interface Line {
  readonly severity: string;
  readonly message: string;
}

/** The context of a call, and what the plugin shows during it. */
export function calling(configuration: Cluster, urn: string, timeoutSeconds = 0) {
  const lines: Line[] = [];
  const context: Context<Cluster> = {
    urn,
    configuration,
    signal: new AbortController().signal,
    timeoutSeconds,
    log: (severity, message, options) => {
      if (!options?.status) lines.push({ severity, message });
    },
  };
  return { context, lines };
}

export function cluster(settings: Values, client: Client | string = "there is none in this test"): Cluster {
  const read = readSettings(settings, {});
  return new Cluster(read, read.namespace ?? "default", client);
}

export function resourceFor(urn: string): Resource<Cluster> {
  const token = typeOfUrn(urn);
  const resource = kubernetes.resources[token] ?? kubernetes.otherResource?.(token);
  if (!resource) throw new Error(`no resource for ${urn}`);
  return resource;
}

export function urnOf(token: string, name: string): string {
  return `urn:pulumi:test::shop::${token}::${name}`;
}
