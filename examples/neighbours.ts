import Dockerode from "dockerode";
import { Docker, neighboursAmong } from "keelson";

const containers = await new Dockerode().listContainers({ all: true });
const target = new Docker("shop", { neighbours: neighboursAmong(containers, "shop") });

export const { urn } = target;
