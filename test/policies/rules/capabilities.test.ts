import { capabilities } from "../../../policies/rules/capabilities.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerCarrier, dockerContainer, dockerJob } from "../examples.ts";
import { judge } from "../judge.ts";

const adds = (...names: string[]) => ({ capabilities: { drops: ["ALL"], adds: names } });
const pod = (securityContext: object) => deployment({ container: { securityContext } });

judge(
  capabilities,
  {
    passes: [
      ["a service that adds one of the short list", dockerContainer(adds("CAP_NET_BIND_SERVICE"))],
      ["a job that gives a volume to its user", dockerJob(adds("CAP_CHOWN"))],
      ["one that the configuration allows", dockerContainer(adds("SYS_NICE")), { allowed: ["SYS_NICE"] }],
      ["lists that are computed during the deployment", dockerContainer({ capabilities: notKnownYet })],
      ["a container that is never started", dockerCarrier()],
      ["a pod that drops all", pod({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } })],
    ],
    fails: [
      [
        "what the engine gives by itself",
        dockerContainer({ capabilities: undefined }),
        /keeps the capabilities/,
      ],
      [
        "a list of single ones",
        dockerContainer({ capabilities: { drops: ["CAP_NET_RAW"] } }),
        /keeps the capabilities/,
      ],
      [
        "a capability that is as good as root",
        dockerContainer(adds("CAP_SYS_ADMIN")),
        /SYS_ADMIN; allowed for a service: NET_/,
      ],
      [
        "what only jobs may have, in a service",
        dockerContainer(adds("CAP_CHOWN")),
        /adds the capability CHOWN/,
      ],
      ["a pod that drops nothing", pod({}), /keeps the capabilities/],
      [
        "a pod that adds more",
        pod({ capabilities: { drop: ["ALL"], add: ["NET_RAW"] } }),
        /adds the capability NET_RAW/,
      ],
    ],
  },
  "G7",
);
