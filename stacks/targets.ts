import { docker } from "./docker-target.ts";
import { kubernetes } from "./kubernetes-target.ts";

/** Every target, by the name that a stack gives. */
export const targets = { docker, kubernetes } as const;

/** Name of a target. */
export type TargetName = keyof typeof targets;
