import { publishedAddresses } from "../../../policies/rules/published-addresses.ts";
import { notKnownYet } from "../../support/audit.ts";
import { deployment, dockerContainer, kubernetes } from "../examples.ts";
import { judge } from "../judge.ts";

const published = (ip?: string, external = 8080) => ({ ports: [{ internal: 80, external, ip }] });
const entryPoint = { labels: [{ label: "keelson.exposure", value: "the platform's entry point" }] };
const service = (type: string, annotations = {}) =>
  kubernetes("core/v1:Service", { spec: { type, ports: [{ port: 80 }] } }, annotations);

const ingress = (rules: readonly object[], annotations = {}) =>
  kubernetes("networking.k8s.io/v1:Ingress", { spec: { rules } }, annotations);
const route = (spec: object) => kubernetes("gateway.networking.k8s.io/v1:HTTPRoute", { spec });

judge(
  publishedAddresses,
  {
    passes: [
      ["a port on the loopback address", dockerContainer(published("127.0.0.1"))],
      ["any other loopback address", dockerContainer(published("127.0.0.53"))],
      ["the loopback address of IPv6", dockerContainer(published("::1"))],
      ["an entry point that says so", dockerContainer({ ...published("0.0.0.0"), ...entryPoint })],
      ["a port that the configuration allows", dockerContainer(published()), { allowedPorts: [8080] }],
      ["an address that is computed during the deployment", dockerContainer(published(notKnownYet))],
      ["a service inside the cluster", service("ClusterIP")],
      [
        "a load balancer that says so",
        service("LoadBalancer", { "keelson.exposure": "the platform's entry point" }),
      ],
      ["a pod without ports of its node", deployment()],
      ["an ingress for a host name", ingress([{ host: "ai.example.com" }])],
      ["an ingress for a host name that is computed", ingress([{ host: notKnownYet }])],
      ["an ingress for all that comes, which says why", ingress([{}], { "keelson/exposure": "one machine" })],
      ["a route for a host name", route({ hostnames: ["ai.example.com"] })],
    ],
    fails: [
      ["every address", dockerContainer(published("0.0.0.0")), /port 8080 on 0.0.0.0/],
      ["every address of IPv6", dockerContainer(published("::")), /port 8080 on ::/],
      ["Docker's own default", dockerContainer(published()), /port 8080 on 0.0.0.0/],
      [
        "an address of the local network",
        dockerContainer(published("192.168.1.5")),
        /port 8080 on 192.168.1.5/,
      ],
      [
        "all ports of the image",
        dockerContainer({ ports: undefined, publishAllPorts: true }),
        /a free port on 0.0.0.0/,
      ],
      [
        "another port than the allowed one",
        dockerContainer(published()),
        /port 8080/,
        { allowedPorts: [443] },
      ],
      ["a load balancer without a reason", service("LoadBalancer"), /the address of a load balancer/],
      ["a port of every node", service("NodePort"), /every address of every node/],
      [
        "a port of the node",
        deployment({ container: { ports: [{ containerPort: 80, hostPort: 80 }] } }),
        /port 80 on every/,
      ],
      ["an ingress for every host name", ingress([{}]), /a route on every host name/],
      ["a route for every host name", route({}), /a route on every host name/],
    ],
  },
  "G5",
);
