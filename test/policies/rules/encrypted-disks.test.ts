import { encryptedDisks } from "../../../policies/rules/encrypted-disks.ts";
import { notKnownYet } from "../../support/audit.ts";
import { aksPool, gkePool, launchTemplate } from "../cloud-examples.ts";
import { judge } from "../judge.ts";

const disk = (encrypted?: string) => ({ deviceName: "/dev/xvda", ebs: { ...(encrypted && { encrypted }) } });

judge(
  encryptedDisks,
  {
    passes: [
      ["a launch template with encrypted disks", launchTemplate()],
      ["a disk of which it is not known yet", launchTemplate({ blockDeviceMappings: [disk(notKnownYet)] })],
      ["disks of Google, which are encrypted in any case", gkePool()],
      ["disks of Azure, which are encrypted in any case", aksPool()],
    ],
    fails: [
      [
        "a launch template that names no disk",
        launchTemplate({ blockDeviceMappings: undefined }),
        /"ai-general"/,
      ],
      ["one disk that is not", launchTemplate({ blockDeviceMappings: [disk("true"), disk()] }), /has disks/],
      ["a disk in clear", launchTemplate({ blockDeviceMappings: [disk("false")] }), /set encrypted/],
    ],
  },
  "G18",
);
