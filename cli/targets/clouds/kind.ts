import type { TargetKind } from "../target.ts";
import { type Cloud, cloudPlace } from "./place.ts";

/** A cluster of a cloud, which a stack makes for itself: nothing can be asked of it before. */
export const cloudKind = (cloud: Cloud): TargetKind => ({
  title: cloud.title,
  missingSetup: async () => undefined,
  connect: async () => cloudPlace(cloud),
  offers: async () => ({}),
});
