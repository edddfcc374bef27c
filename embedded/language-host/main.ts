/**
 * The language host: the engine starts it as `pulumi-language-nodejs [FLAGS] ENGINE-ADDRESS`, reads the port from the first line it prints,
 * and asks it over gRPC to run Node programs and policy packs.
 */
import { fstatSync } from "node:fs";
import { parseArgs } from "node:util";
import * as grpc from "@grpc/grpc-js";
import rpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { Children } from "./children.ts";
import { maximumMessageBytes } from "./grpc.ts";
import { languageRuntime } from "./service.ts";

// The engine may add logging and tracing flags; the address comes last.
const { positionals, values } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: { tracing: { type: "string" } },
});
const programs = new Children();
const helpers = new Children();
const server = new grpc.Server({ "grpc.max_receive_message_length": maximumMessageBytes });
server.addService(
  rpc.LanguageRuntimeService,
  languageRuntime({
    programs,
    helpers,
    engineAddress: positionals.at(-1) ?? "",
    tracing: typeof values.tracing === "string" ? values.tracing : undefined,
  }),
);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(String(port));
});

async function leave(): Promise<never> {
  await Promise.all([programs.end(), helpers.end()]);
  process.exit(0);
}
process.once("SIGINT", () => void leave());
process.once("SIGTERM", () => void leave());

// The engine holds the other end of standard input and never writes to it: its end is the engine's end, even if it was killed.
const input = fstatSync(0);
if (input.isFIFO() || input.isSocket()) process.stdin.once("end", () => void leave()).resume();
