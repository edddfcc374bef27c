#!/usr/bin/env node
import { serve } from "../provider/server.ts";
import { gcp } from "./provider.ts";

await serve(gcp);
