import { native } from "../native/native.ts";
import { output, refersTo, text } from "../native/properties.ts";

/** Has a data collection rule hold for a resource. */
export const dataCollectionRuleAssociation = native({
  path: "{resourceUri}/providers/Microsoft.Insights/dataCollectionRuleAssociations/{associationName}",
  apiVersion: "2022-06-01",
  properties: {
    dataCollectionRuleId: text,
    dataCollectionEndpointId: text,
    description: text,
    provisioningState: output,
  },
  references: [refersTo("dataCollectionRuleId", "Microsoft.Insights/dataCollectionRules")],
  outputsOf: () => ({ provisioningState: "Succeeded" }),
});
