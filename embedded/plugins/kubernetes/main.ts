/** The executable of the embedded kubernetes plugin: stands in for `pulumi-resource-kubernetes`. */
import { serve } from "../provider/server.ts";
import { kubernetes } from "./provider.ts";

await serve(kubernetes);
