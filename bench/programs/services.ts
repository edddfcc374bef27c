// A program of many services, with the SDK's mocks in place of the engine: node services.ts TARGET COUNT [FILE]
// FILE is where to list the resources that it registered.
import { writeFileSync } from "node:fs";
import { runtime } from "@pulumi/pulumi";
import { declareServices, targets } from "../support/services.ts";
import { record } from "./recorder.ts";
import { reportSince } from "./report.ts";

const [, , name = "docker", count = "10", file] = process.argv;
const start = performance.now();
const registered = await record();

const target = targets[name]?.("bench");
if (target === undefined)
  throw new Error(`"${name}" is no target; there are: ${Object.keys(targets).join(", ")}`);
declareServices(target, Number(count), { databases: true });
await runtime.disconnect();

if (file === undefined) reportSince(start, { resources: registered.length });
else {
  writeFileSync(file, JSON.stringify(registered));
  reportSince(start);
}
