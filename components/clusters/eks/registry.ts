import * as ecr from "@pulumi/aws/ecr/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { EksScope } from "./scope.ts";

/** What is left of images that lost their tag goes after two weeks: https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html */
const LIFECYCLE = {
  rules: [
    {
      rulePriority: 1,
      description: "images without a tag",
      selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 },
      action: { type: "expire" },
    },
  ],
};

/**
 * Has the account's registry make a repository for each image that is pushed below the cluster's name; a tag that was pushed
 * stays what it is. https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export function makeRegistry(scope: EksScope): pulumi.Output<string> {
  const { name, region, account } = scope;
  const template = new ecr.RepositoryCreationTemplate(
    name,
    {
      prefix: name,
      description: `Images of the cluster ${name}`,
      appliedFors: ["CREATE_ON_PUSH"],
      imageTagMutability: "IMMUTABLE",
      encryptionConfigurations: [{ encryptionType: "AES256" }],
      lifecyclePolicy: JSON.stringify(LIFECYCLE),
    },
    scope.options(),
  );
  return pulumi.interpolate`${account}.dkr.ecr.${region}.amazonaws.com/${template.prefix}`;
}
