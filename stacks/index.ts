import { allConfig } from "@pulumi/pulumi/runtime/config.js";
import { deploy, neighboursOf } from "./deploy.ts";

// The language host's word on which settings are encrypted; the SDK has it, but not in its types.
const secrets = new Set(JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]") as string[]);

const given = { values: allConfig(), secrets };

export const { stack, url, health, logins, cluster } = await deploy(given, await neighboursOf(given));
