import type { Demand } from "../../../model/capacity.ts";
import type { Endpoint } from "../../../model/reference.ts";
import type { ReplicatedServer } from "../../../model/replicated.ts";
import type { Placement } from "../../../model/target.ts";
import type { Features } from "../cluster.ts";
import type { NetworkPolicies } from "../network.ts";
import { cloudNativePg } from "./cloud-native-pg.ts";
import type { Operator, OperatorScope } from "./operator.ts";

type Program = ReplicatedServer["program"];

/** Who runs servers of a program in several copies. */
const operators: {
  readonly [Name in Program]: Operator<Extract<ReplicatedServer, { program: Name }>>;
} = { postgresql: cloudNativePg };

/** Keeps a server running in several copies, by the operator for its program. */
export function replicate(
  name: string,
  server: ReplicatedServer,
  scope: OperatorScope,
  network: NetworkPolicies,
  placement: Placement,
): Endpoint {
  return operators[server.program].make(name, server, scope, network, placement);
}

/** Programs of a plan that a cluster has no operator for, and what to do. */
export function unoperated(plan: Readonly<Record<string, Demand>>, features: Features = {}): string[] {
  return Object.entries(plan).flatMap(([name, { program, copies = 1 }]) => {
    if (program === undefined) return [];
    const { title, feature } = operators[program];
    if (features[feature]) return [];
    const advice = `install ${title} in the cluster and set its feature "${feature}", run one copy, or refer to a server elsewhere`;
    return [
      `"${name}" asks for ${copies} copies of ${program}, which ${title} runs, and the cluster has none of it; ${advice}`,
    ];
  });
}
