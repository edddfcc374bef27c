import type * as docker from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";

/** What every part of the target has to know about the Docker host that it works on. */
export interface Host {
  /** Begins every name on the host, so that several platforms can share it. */
  readonly prefix: string;
  readonly images: { readonly tools: string; readonly proxy: string };
  /** Volumes may go when their resource goes. */
  readonly destroyData: boolean;
  /** Resource options that lead to this host; the target itself is the parent unless another is given. */
  readonly options: (options?: pulumi.CustomResourceOptions) => pulumi.CustomResourceOptions;
}

/** Label of everything on the host: what all names of its stack begin with. */
export const STACK_LABEL = "keelson.stack";
/** Label of everything on the host: the service that it is there for. */
export const SERVICE_LABEL = "keelson.service";

/** Labels that say whose a container, network or volume is. */
export function labels(
  prefix: string,
  service: string,
  more: Readonly<Record<string, pulumi.Input<string>>> = {},
) {
  return Object.entries({ [STACK_LABEL]: prefix, [SERVICE_LABEL]: service, ...more }).map(
    ([label, value]) => ({
      label,
      value,
    }),
  ) satisfies docker.types.input.ContainerLabel[];
}

/** Says that a volume holds nothing but what an update can make again. */
export const DISPOSABLE = { "keelson.data": "disposable" } as const;
