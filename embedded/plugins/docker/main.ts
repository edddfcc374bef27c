/** The executable of the embedded docker plugin: stands in for `pulumi-resource-docker`. */
import { serve } from "../provider/server.ts";
import { docker } from "./provider.ts";

await serve(docker);
