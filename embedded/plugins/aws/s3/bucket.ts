/** Buckets. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket */
import { named } from "../../cloud/names.ts";
import { onAws, output, regional, tagged } from "../define.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketName = named({
  pattern: /^(?!\d+\.\d+\.\d+\.\d+$)(?!xn--|sthree-)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  allowed: "3 to 63 lower case letters, digits, . and -, a letter or digit first and last",
});

export const bucket = onAws({
  type: "buckets",
  timeouts: { create: 1200, update: 1200, delete: 3600 },
  properties: {
    ...regional,
    ...tagged,
    bucket: { type: "string", autoName: true, computed: true, replaces: true, validate: bucketName },
    forceDestroy: { type: "boolean", default: false },
    objectLockEnabled: { type: "boolean", computed: true, replaces: true },
    arn: output,
    bucketDomainName: output,
    bucketRegion: output,
    bucketRegionalDomainName: output,
  },
  idOf: ({ bucket: name }) => name,
  outputsOf(inputs, { id, configuration }) {
    const region = inputs.region ?? configuration.region;
    return {
      arn: `arn:aws:s3:::${id}`,
      bucketDomainName: `${id}.s3.amazonaws.com`,
      bucketRegion: region,
      bucketRegionalDomainName: `${id}.s3.${region}.amazonaws.com`,
      objectLockEnabled: inputs.objectLockEnabled ?? false,
    };
  },
});
