// Services on the simulated nodes of this machine's cluster: as many as the variable BENCH_SERVICES says, in the namespace BENCH_NAMESPACE.
import { Kubernetes } from "../../components/index.ts";
import { declareServices } from "../support/services.ts";
import { SIMULATED } from "../support/cluster.ts";

const target = new Kubernetes(process.env["BENCH_NAMESPACE"]!, {
  cluster: {
    storageClass: "simulated",
    nodes: [
      {
        ...SIMULATED,
        labels: { "kwok.x-k8s.io/node": "simulated" },
        taints: { "kwok.x-k8s.io/node": "simulated" },
      },
    ],
  },
  // The nodes have room for as many pods, but not for what these ask for.
  requestShare: 0.02,
  destroyData: true,
});
declareServices(target, Number(process.env["BENCH_SERVICES"]), { databases: false });
