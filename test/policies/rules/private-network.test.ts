import { privateNetwork } from "../../../policies/rules/private-network.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerCarrier, dockerContainer, dockerNetwork, kubernetes } from "../examples.ts";
import { judge } from "../judge.ts";

const separated = { "com.docker.network.bridge.enable_icc": "false" };
const policy = (ingress: readonly object[], annotations = {}) =>
  kubernetes("networking.k8s.io/v1:NetworkPolicy", { spec: { podSelector: {}, ingress } }, annotations);

judge(
  privateNetwork,
  {
    passes: [
      ["an internal network", dockerNetwork()],
      ["a way out that keeps its members apart", dockerNetwork({ internal: false, options: separated })],
      [
        "an open network that says why",
        dockerNetwork({ internal: false, labels: [{ label: "keelson.exposure", value: "published ports" }] }),
      ],
      ["a switch that is computed during the deployment", dockerNetwork({ internal: notKnownYet })],
      ["a container on networks of its own", dockerContainer()],
      [
        "networks that are computed during the deployment",
        dockerContainer({ networksAdvanced: notKnownYet }),
      ],
      [
        "a container without a network",
        dockerContainer({ networkMode: "none", networksAdvanced: undefined }),
      ],
      ["a container that is never started", dockerCarrier({ networkMode: undefined })],
      ["a network policy that admits nobody", policy([])],
      [
        "a network policy that admits one client",
        policy([{ from: [{ podSelector: { matchLabels: { app: "api" } } }] }]),
      ],
      [
        "a network policy that admits a namespace",
        policy([{ from: [{ namespaceSelector: { matchLabels: { a: "b" } } }] }]),
      ],
      ["an open network policy that says why", policy([{}], { "keelson.exposure": "entry point" })],
      ["a pod", deployment()],
    ],
    fails: [
      ["a network with a way in and out", dockerNetwork({ internal: false }), /is not internal/],
      ["Docker's own default", dockerNetwork({ internal: undefined }), /is not internal/],
      [
        "the default bridge",
        dockerContainer({ networkMode: undefined, networksAdvanced: undefined }),
        /default bridge/,
      ],
      [
        "the default bridge by its name",
        dockerContainer({ networkMode: "bridge", networksAdvanced: [] }),
        /default bridge/,
      ],
      [
        "a network policy that admits every peer",
        policy([{ ports: [{ port: 5432 }] }]),
        /ingress rule 0 .*every peer/,
      ],
      [
        "a network policy that admits every address",
        policy([{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }]),
        /every address/,
      ],
      [
        "a network policy that admits every namespace",
        policy([{ from: [{ namespaceSelector: {} }] }]),
        /every pod of every/,
      ],
    ],
  },
  "G5",
);
