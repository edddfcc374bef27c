import type Docker from "dockerode";
import { obtainImages } from "../../../embedded/images/index.ts";
import type { Engine } from "../../engine.ts";
import { mappingOf, presentImages, variablesFor } from "../../images.ts";
import type { Place, Running } from "../target.ts";
import { neededImages } from "./needed-images.ts";
import { containersOf, endOfLog } from "./containers.ts";
import { engineFacts, planFacts } from "./doctor/facts.ts";
import { judgeEngine } from "./doctor/judge-engine.ts";
import { judgePlan } from "./doctor/judge-plan.ts";
import { recorded } from "./plan.ts";
import type { DockerSettings } from "./settings.ts";
import { removeVolumes, volumesOf } from "./volumes.ts";

/** A Docker host that answers. */
export async function dockerPlace(docker: Docker, settings: DockerSettings): Promise<Place> {
  const { Version: version } = await docker.version();
  const { mapping } = await presentImages(docker);
  const facts = () => engineFacts(docker, settings);
  return {
    version,
    environment: variablesFor(mapping),
    async obtainImages(engine, report) {
      const images = await obtainImages(await neededImages(docker, engine), { docker, report });
      return { images, environment: variablesFor(mappingOf(images)) };
    },
    running: (engine) => running(docker, engine),
    async data(engine) {
      const { prefixes, dataVolumes } = await recorded(engine);
      return {
        expected: dataVolumes,
        present: () => volumesOf(docker, prefixes),
        remove: (names) => removeVolumes(docker, names),
      };
    },
    check: async () => judgeEngine(await facts(), settings),
    async checkPlan(engine) {
      const known = await facts();
      return judgePlan(await planFacts(docker, engine, settings, known), known, settings);
    },
  };
}

async function running(docker: Docker, engine: Engine): Promise<readonly Running[]> {
  const { prefixes } = await recorded(engine);
  const containers = await Promise.all(prefixes.map((prefix) => containersOf(docker, prefix)));
  return containers.flat().map(({ id, ...status }) => ({
    ...status,
    kind: "container",
    logCommand: `docker logs ${status.name}`,
    endOfLog: (lines) => endOfLog(docker, id, lines),
  }));
}
