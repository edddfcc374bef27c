// Imports a module: node import.ts SPECIFIER
import { reportSince } from "./report.ts";

const start = performance.now();
await import(process.argv[2] ?? "");
reportSince(start);
