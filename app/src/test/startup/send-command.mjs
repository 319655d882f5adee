// What RunPostScript does first: it sends the post-script.
import { readFileSync } from "node:fs";
import { SSMClient, SendCommandCommand } from "@aws-sdk/client-ssm";

const { instanceId, work } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const document = work.dryRun.answer.document;
await new SSMClient({ maxAttempts: 1 })
  .send(
    new SendCommandCommand({
      InstanceIds: [instanceId],
      DocumentName: document.name,
      DocumentVersion: document.version,
      DocumentHash: document.sha256,
      DocumentHashType: "Sha256",
      Parameters: { command: ["post-script"], executionId: [work.preScript.answer.attempt] },
      TimeoutSeconds: 30,
    }),
  )
  .catch((refused) => console.error(refused.name));
