#!/usr/bin/env node
import { main } from "../program.ts";
import { kubelogin } from "./kubelogin.ts";

await main(kubelogin);
