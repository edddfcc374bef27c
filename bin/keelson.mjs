#!/usr/bin/env node
// The command `keelson`. In a checkout it installs the packages where they are missing and runs the sources with the Node
// among them; as an installed package it runs what was compiled, with the Node that runs this.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runAndExit } from "./run.mjs";

const OLDEST_NODE = [22, 13];

const source = fileURLToPath(new URL("../cli/main.ts", import.meta.url));
const args = process.argv.slice(2);

if (existsSync(source)) {
  const { installPackages, node, withPackages } = await import("./with-packages.mjs");
  installPackages();
  runAndExit(node, [source, ...args], { env: withPackages() });
} else {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    console.error(
      `error: keelson needs Node ${OLDEST_NODE.join(".")} or newer, and this is ${process.versions.node}\n  install Node 24`,
    );
    process.exit(1);
  }
  await import("../dist/cli/main.js");
}
