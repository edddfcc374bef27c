import * as pulumi from "@pulumi/pulumi";
import type { Endpoint } from "../../../model/reference.ts";
import type { ReplicatedServer } from "../../../model/replicated.ts";
import type { Placement } from "../../../model/target.ts";
import type { NetworkPolicies } from "../network.ts";
import { cloudNativePg } from "./cloud-native-pg.ts";
import type { Operator, OperatorScope } from "./operator.ts";

type Program = ReplicatedServer["program"];

/** Who runs servers of a program in several copies. */
const operators: {
  readonly [Name in Program]: Operator<Extract<ReplicatedServer, { program: Name }>>;
} = { postgresql: cloudNativePg };

/**
 * Keeps a server running in several copies, by the operator for its program.
 *
 * @throws ResourceError if the cluster is not said to have that operator
 */
export function replicate(
  name: string,
  server: ReplicatedServer,
  scope: OperatorScope,
  network: NetworkPolicies,
  placement: Placement,
): Endpoint {
  const { title, feature, make } = operators[server.program];
  if (scope.cluster.features?.[feature]) return make(name, server, scope, network, placement);
  const advice = `install ${title} in the cluster and set its feature "${feature}", run one copy, or refer to a server elsewhere`;
  throw new pulumi.ResourceError(
    `"${name}" asks for ${server.copies} copies of ${server.program}, which ${title} runs, and the cluster has none of it; ${advice}`,
    placement.parent,
    true,
  );
}
