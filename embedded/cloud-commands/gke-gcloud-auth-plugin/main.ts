#!/usr/bin/env node
import { main } from "../program.ts";
import { gkeGcloudAuthPlugin } from "./gke-gcloud-auth-plugin.ts";

await main(gkeGcloudAuthPlugin);
