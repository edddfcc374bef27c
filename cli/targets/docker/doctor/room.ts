import { type Demand, ELITEDESK, judge } from "../../../../components/model/capacity.ts";
import { type Neighbours, titled } from "../../../../components/targets/docker/neighbours.ts";
import { bad, type Check, good } from "../../../checks.ts";
import type { PlannedContainer } from "../plan.ts";
import type { DockerSettings } from "../settings.ts";

/** Judges whether a host can keep what it promises to a stack and to the others on it. */
export function judgeRoom(
  containers: readonly Pick<PlannedContainer, "name" | "promised">[],
  neighbours: Neighbours,
  { machine = ELITEDESK }: Pick<DockerSettings, "machine">,
): Check {
  const own = containers.flatMap(({ name, promised }): [string, Demand][] =>
    promised ? [[name, promised]] : [],
  );
  const others = titled(neighbours);
  const { fits, sums, excess, table } = judge({ ...Object.fromEntries(own), ...others }, machine);
  const names = Object.keys(others).join(", ");
  const beside = names && `, with ${names}`;
  if (fits) return good("stack", "room", `promised are ${sums.join(", ")}${beside}`);
  return bad(
    "stack",
    "room",
    excess.join("; "),
    `lower what is promised, or move a stack to another host:\n${table}`,
  );
}
