import { describe, expect, it } from "vitest";
import {
  AKS_TYPES,
  aksAllocatable,
  EKS_TYPES,
  eksAllocatable,
  GKE_TYPES,
  gkeAllocatable,
} from "../../components/clusters/node-types/index.ts";
import { rowsOf } from "../support/page-tables.ts";

const CLOUDS = {
  EKS: { types: EKS_TYPES, allocatable: (type: string) => eksAllocatable(type) },
  GKE: { types: GKE_TYPES, allocatable: gkeAllocatable },
  AKS: { types: AKS_TYPES, allocatable: (type: string) => aksAllocatable(type) },
};
const shown = rowsOf("capacity.md").filter(
  ([cloud = "", type = ""]) => cloud in CLOUDS && type.startsWith("`"),
);

describe("docs/capacity.md", () => {
  it("[O11] shows machines of every cloud", () => {
    expect(new Set(shown.map(([cloud]) => cloud))).toEqual(new Set(Object.keys(CLOUDS)));
  });

  it.each(shown)(
    "[G8] has of %s's machine %s what the code has",
    (cloud = "", quoted = "", has = "", left = "") => {
      const { types, allocatable } = CLOUDS[cloud as keyof typeof CLOUDS];
      const type = quoted.replaceAll("`", "");
      const { cpus, memoryGiB } = types[type]!;
      const rest = allocatable(type);
      expect(has).toBe(`${cpus} cores, ${memoryGiB} GiB`);
      expect(left).toBe(`${rest.cpus.toFixed(2)} cores, ${rest.memoryGiB.toFixed(2)} GiB, ${rest.pods} pods`);
    },
  );
});
