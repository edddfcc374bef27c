#!/usr/bin/env node
import { main } from "../program.ts";
import { aws } from "./aws.ts";

await main(aws);
