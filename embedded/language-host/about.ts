import language, {
  type AboutRequest,
  type AboutResponse,
  type RuntimeOptionsRequest,
  type RuntimeOptionsResponse,
} from "@pulumi/pulumi/proto/language_pb.js";
import { packageManagers, parseOptions } from "./options.ts";
import { packageManagerOf, versionOf } from "./package-manager.ts";

/** What the programs are run with: shown by `pulumi about`, and kept with each update. */
export async function about(request: AboutRequest): Promise<AboutResponse> {
  const info = request.getInfo();
  const manager = packageManagerOf(parseOptions(info?.getOptions()), info?.getProgramDirectory() ?? ".");
  const response = new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version);
  response.getMetadataMap().set("packagemanager", manager);
  const version = await versionOf(manager);
  if (version) response.getMetadataMap().set("packagemanagerVersion", version);
  return response;
}

/** What `pulumi new` asks before it writes Pulumi.yaml: the package manager, unless the template chose one. */
export async function optionPrompts(request: RuntimeOptionsRequest): Promise<RuntimeOptionsResponse> {
  const response = new language.RuntimeOptionsResponse();
  if (request.getInfo()?.getOptions()?.getFieldsMap().has("packagemanager")) return response;
  const versions = await Promise.all(packageManagers.map(versionOf));
  return response.setPromptsList([
    new language.RuntimeOptionPrompt()
      .setKey("packagemanager")
      .setDescription("The package manager to use for installing dependencies")
      .setPrompttype(language.RuntimeOptionPrompt.RuntimeOptionType.STRING)
      .setChoicesList(packageManagers.filter((_, index) => versions[index] !== undefined).map(choice))
      .setDefault(choice("npm")),
  ]);
}

function choice(name: string) {
  return new language.RuntimeOptionPrompt.RuntimeOptionValue()
    .setPrompttype(language.RuntimeOptionPrompt.RuntimeOptionType.STRING)
    .setStringvalue(name)
    .setDisplayname(name);
}
