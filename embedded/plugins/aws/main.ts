#!/usr/bin/env node
import { serve } from "../provider/server.ts";
import { aws } from "./provider.ts";

await serve(aws);
