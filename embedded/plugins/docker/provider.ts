import type { Properties } from "../provider/property.ts";
import type { Provider } from "../provider/resource.ts";
import { container } from "./container/container.ts";
import { DockerHost } from "./daemon/daemon.ts";
import { getLogs } from "./functions/get-logs.ts";
import { getNetwork } from "./functions/get-network.ts";
import { getRemoteImage } from "./functions/get-remote-image.ts";
import { remoteImage } from "./image/remote-image.ts";
import { tag } from "./image/tag.ts";
import { network } from "./network/network.ts";
import { volume } from "./volume/volume.ts";

const settings = {
  caMaterial: { type: "string" },
  certMaterial: { type: "string" },
  certPath: { type: "string" },
  context: { type: "string" },
  disableDockerDaemonCheck: { type: "boolean" },
  host: { type: "string" },
  keyMaterial: { type: "string" },
  registryAuth: {
    type: {
      set: {
        object: {
          address: { type: "string", required: true },
          authDisabled: { type: "boolean" },
          configFile: { type: "string" },
          configFileContent: { type: "string" },
          password: { type: "string", secret: true },
          username: { type: "string" },
        },
      },
    },
  },
  sshOpts: { type: { list: "string" } },
} as const satisfies Properties;

/** The resources and functions of the official docker plugin that need a Docker Engine and nothing else. */
export const docker: Provider<DockerHost> = {
  name: "docker",
  version: "5.2.0",
  settings,
  resources: {
    "docker:index/container:Container": container,
    "docker:index/network:Network": network,
    "docker:index/remoteImage:RemoteImage": remoteImage,
    "docker:index/tag:Tag": tag,
    "docker:index/volume:Volume": volume,
  },
  functions: {
    "docker:index/getLogs:getLogs": getLogs,
    "docker:index/getNetwork:getNetwork": getNetwork,
    "docker:index/getRemoteImage:getRemoteImage": getRemoteImage,
  },
  configure: (given) => new DockerHost(given),
};
