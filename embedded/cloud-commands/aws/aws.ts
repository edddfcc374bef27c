import { parseArgs } from "node:util";
import type { StandIn } from "../stand-in.ts";

/** The AWS CLI: https://docs.aws.amazon.com/cli/latest/reference/eks/get-token.html */
export const aws: StandIn = {
  command: "aws",
  cloud: "aws",
  clusterType: "clusters",
  usage: "aws eks get-token --cluster-name NAME --region REGION",
  isAsked(args, clusters) {
    const options = { "cluster-name": { type: "string" } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, strict: false });
    const name = values["cluster-name"];
    const [service, operation] = positionals;
    return (
      service === "eks" && operation === "get-token" && typeof name === "string" && clusters.includes(name)
    );
  },
};
