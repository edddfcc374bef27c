import * as artifactregistry from "@pulumi/gcp/artifactregistry/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { NodeAccount } from "./node-account.ts";
import type { GkeScope } from "./scope.ts";

/** Makes a registry for private images, which nodes may read, and gives its address. */
export function makeRegistry(scope: GkeScope, { member }: NodeAccount): pulumi.Output<string> {
  const { name, project, region, options } = scope;
  const repository = new artifactregistry.Repository(
    name,
    {
      repositoryId: name,
      location: region,
      format: "DOCKER",
      description: `Private images of the cluster ${name}`,
      dockerConfig: { immutableTags: true },
      vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
    },
    options(),
  );
  new artifactregistry.RepositoryIamMember(
    `${name}-nodes`,
    { repository: repository.name, location: region, role: "roles/artifactregistry.reader", member },
    options(),
  );
  return pulumi.interpolate`${region}-docker.pkg.dev/${project}/${repository.repositoryId}`;
}
