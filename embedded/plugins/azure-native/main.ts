#!/usr/bin/env node
import { serve } from "../provider/server.ts";
import { azureNative } from "./provider.ts";

await serve(azureNative);
