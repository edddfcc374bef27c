import { AWS } from "./aws-cloud.ts";
import { AZURE } from "./azure-cloud.ts";
import type { EngineArgs } from "./engine.ts";
import { GOOGLE_CLOUD } from "./google-cloud.ts";

const all = [AWS, GOOGLE_CLOUD, AZURE];

/** What a recording engine answers for every cloud. */
export const CLOUDS: EngineArgs = {
  outputs: Object.assign({}, ...all.map(({ outputs }) => outputs)),
  answers: Object.assign({}, ...all.map(({ answers }) => answers)),
};
