// Removes what tests left on the Docker host: everything whose stack's name begins with "test-".
import { connectDocker } from "../cli/targets/docker/connect.ts";
import { STACK_LABEL } from "../components/targets/docker/host.ts";

interface Labelled {
  readonly Labels?: Readonly<Record<string, string>> | null;
}

const docker = await connectDocker(undefined);
const filters = { label: [STACK_LABEL] };
const ofTests = <Thing extends Labelled>(things: readonly Thing[]) =>
  things.filter(({ Labels }) => Labels?.[STACK_LABEL]?.startsWith("test-"));

// Networks and volumes can only go once no container uses them.
const containers = ofTests(await docker.listContainers({ all: true, filters }));
await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })));
const networks = ofTests(await docker.listNetworks({ filters }));
await Promise.all(networks.map(({ Id }) => docker.getNetwork(Id).remove()));
const volumes = ofTests((await docker.listVolumes({ filters })).Volumes ?? []);
await Promise.all(volumes.map(({ Name }) => docker.getVolume(Name).remove()));
console.log(
  `removed ${containers.length} containers, ${networks.length} networks, ${volumes.length} volumes`,
);
