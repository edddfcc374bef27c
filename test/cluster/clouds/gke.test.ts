import { gkeAllocatable } from "../../../components/clusters/node-types/index.ts";
import { platforms } from "../../../stacks/platforms.ts";
import { cloudLaws } from "../../support/cloud-laws.ts";

for (const platform of Object.keys(platforms))
  cloudLaws(platform, {
    cloud: "gke",
    general: gkeAllocatable("e2-standard-4"),
    memory: gkeAllocatable("e2-highmem-8"),
    // Keys (https://cloud.google.com/kms/docs/faq#cannot_delete), and APIs, which others in the project may use.
    keeps: ["cryptoKeys", "keyRings", "serviceIdentities", "services"],
  });
