import { auditLogs } from "../../../policies/rules/audit-logs.ts";
import { notKnownYet } from "../../support/audit.ts";
import { aksCluster, eksCluster, gkeCluster } from "../cloud-examples.ts";
import { judge } from "../judge.ts";

judge(
  auditLogs,
  {
    passes: [
      ["EKS that logs who did what", eksCluster()],
      ["logs that are not known yet", eksCluster({ enabledClusterLogTypes: notKnownYet })],
      ["GKE, which logs it in any case", gkeCluster()],
      ["AKS, of which another resource says it", aksCluster()],
    ],
    fails: [
      ["EKS without logs", eksCluster({ enabledClusterLogTypes: undefined }), /"ai" keeps no audit log/],
      ["EKS with other logs", eksCluster({ enabledClusterLogTypes: ["api"] }), /set the log type audit/],
    ],
  },
  "G18",
);
