#!/usr/bin/env node
import { serve } from "../provider/server.ts";
import { random } from "./provider.ts";

await serve(random);
