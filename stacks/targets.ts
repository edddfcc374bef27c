import { aks } from "./aks-target.ts";
import { docker } from "./docker-target.ts";
import { eks } from "./eks-target.ts";
import { gke } from "./gke-target.ts";
import { kubernetes } from "./kubernetes-target.ts";

/** Every target, by the name that a stack gives. */
export const targets = { docker, kubernetes, eks, gke, aks } as const;

/** Name of a target. */
export type TargetName = keyof typeof targets;
