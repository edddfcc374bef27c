import type * as pulumi from "@pulumi/pulumi";
import type { Endpoint } from "../../../model/reference.ts";
import type { Placement } from "../../../model/target.ts";
import type { Features } from "../cluster.ts";
import type { NetworkPolicies } from "../network.ts";
import type { Scope } from "../scope.ts";

/** What operators are told of the target. */
export interface OperatorScope extends Scope {
  readonly requestShare: number;
  readonly destroyData: boolean;
  readonly pools: readonly pulumi.Resource[];
  readonly pullSecrets: readonly pulumi.Input<string>[];
}

/** A controller of the cluster's own that runs servers of one program in several copies. */
export interface Operator<Server> {
  /** Its name, for people. */
  readonly title: string;
  /** What the cluster has to have. */
  readonly feature: keyof Features;
  /** Asks it for a server, which clients find by the service's own name. */
  readonly make: (
    name: string,
    server: Server,
    scope: OperatorScope,
    network: NetworkPolicies,
    placement: Placement,
  ) => Endpoint;
}
