import * as kms from "@pulumi/aws/kms/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyOf, type Statement } from "./policies.ts";
import { type EksScope, protectedOptions } from "./scope.ts";

/** What a key encrypts; each purpose has a key of its own, so that who may read the one can't read the others. */
export type Purpose = "secrets" | "volumes" | "backups" | "logs";

const USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/** Who may use each key beside those whom IAM's policies allow it. */
const USERS: Readonly<Record<Purpose, (scope: EksScope) => readonly Statement[]>> = {
  // EKS is granted its use by whoever makes the cluster: https://docs.aws.amazon.com/eks/latest/userguide/envelope-encryption.html
  secrets: () => [],
  // As in the policy of the key that EBS has by default: whoever of the account may use volumes, and only by way of EC2. Groups
  // of nodes belong to a role of AWS' own, which may not be there yet in a new account and can't be named then.
  // https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
  volumes: ({ region, account }) => [
    {
      Sid: "VolumesOfThisAccount",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: [...USE, "kms:CreateGrant"],
      Resource: "*",
      Condition: {
        StringEquals: { "kms:ViaService": `ec2.${region}.amazonaws.com`, "kms:CallerAccount": account },
      },
    },
  ],
  // The pods' role is allowed it by its own policy.
  backups: () => [],
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
  logs: ({ name, region, account }) => [
    {
      Sid: "LogsOfThisCluster",
      Effect: "Allow",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: USE,
      Resource: "*",
      Condition: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:aws:logs:${region}:${account}:log-group:/aws/*/${name}/*`,
        },
      },
    },
  ],
};

/** A key that AWS renews every year and keeps for 30 days after its deletion. */
export function makeKey(purpose: Purpose, scope: EksScope): kms.Key {
  const administration: Statement = {
    Sid: "Administration",
    Effect: "Allow",
    Principal: { AWS: pulumi.interpolate`arn:aws:iam::${scope.account}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  const key = new kms.Key(
    `${scope.name}-${purpose}`,
    {
      description: `${purpose} of the cluster ${scope.name}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyOf([administration, ...USERS[purpose](scope)]),
    },
    protectedOptions(scope),
  );
  const alias = { name: `alias/keelson/${scope.name}/${purpose}`, targetKeyId: key.id };
  new kms.Alias(`${scope.name}-${purpose}`, alias, scope.options({ parent: key }));
  return key;
}
