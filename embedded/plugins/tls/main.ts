#!/usr/bin/env node
import { serve } from "../provider/server.ts";
import { tls } from "./provider.ts";

await serve(tls);
