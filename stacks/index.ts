import { allConfig } from "@pulumi/pulumi/runtime/config.js";
import { deploy, neighboursOf } from "./deploy.ts";

// The language host's word on which settings are encrypted; the SDK has it, but not in its types.
const secrets = new Set(JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]") as string[]);

const given = { values: allConfig(), secrets };

// What a stack has nothing of is no output: as a name that is exported it would be one.
export default await deploy(given, await neighboursOf(given));
