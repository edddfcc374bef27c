import { aksAllocatable } from "../../../components/clusters/node-types/index.ts";
import { platforms } from "../../../stacks/platforms.ts";
import { cloudLaws } from "../../support/cloud-laws.ts";

for (const platform of Object.keys(platforms))
  cloudLaws(platform, {
    cloud: "aks",
    general: aksAllocatable("Standard_DS3_v2"),
    memory: aksAllocatable("Standard_E8s_v5"),
  });
