import * as grpc from "@grpc/grpc-js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import { about, optionPrompts } from "./about.ts";
import { StatusError, streaming, unary } from "./grpc.ts";
import type { Host } from "./host.ts";
import { installDependencies } from "./install.ts";
import { programDependencies, requiredPackages } from "./packages.ts";
import { runPlugin } from "./plugin.ts";
import { runProgram } from "./program.ts";

/** Every call that the engine makes to a language host, by name. */
export function languageRuntime(host: Host): ILanguageRuntimeServer {
  return {
    getPluginInfo: unary(() => new plugin.PluginInfo()),
    handshake: unary((request) => {
      host.engineAddress = request.getEngineAddress();
      return new language.LanguageHandshakeResponse();
    }),
    about: unary(about),
    runtimeOptionsPrompts: unary(optionPrompts),
    getRequiredPackages: unary(requiredPackages),
    getProgramDependencies: unary(programDependencies),
    installDependencies: streaming((call) => installDependencies(call, host)),
    run: unary((request, signal) => runProgram(request, host, signal)),
    runPlugin: streaming((call) => runPlugin(call, host)),
    cancel: unary(async () => {
      await host.programs.end();
      return new emptyProto.Empty();
    }),
    // New projects need nothing besides the template's own files.
    template: unary(() => new language.TemplateResponse()),
    getRequiredPlugins: unimplemented("plugins are told by GetRequiredPackages"),
    generateProgram: unimplemented(withoutGenerator("convert programs to TypeScript")),
    generateProject: unimplemented(withoutGenerator("convert projects to TypeScript")),
    generatePackage: unimplemented(withoutGenerator("generate an SDK")),
    pack: unimplemented(withoutGenerator("pack an SDK")),
    link: unimplemented(withoutGenerator("link an SDK to a project")),
  };
}

function unimplemented(reason: string): grpc.handleUnaryCall<unknown, never> {
  return unary(() => {
    throw new StatusError(grpc.status.UNIMPLEMENTED, reason);
  });
}

function withoutGenerator(what: string): string {
  return `the embedded language host cannot ${what}: use the official Pulumi CLI, which brings its own, for this command`;
}
