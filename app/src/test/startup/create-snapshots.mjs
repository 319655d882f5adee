// What CreateSnapshots does: it takes one set.
import { readFileSync } from "node:fs";
import { CreateSnapshotsCommand, EC2Client } from "@aws-sdk/client-ec2";

const { instanceId, work } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const volumes = work.inspection.answer.volumes;
await new EC2Client({ maxAttempts: 1 })
  .send(
    new CreateSnapshotsCommand({
      InstanceSpecification: {
        InstanceId: instanceId,
        ExcludeBootVolume: volumes.excludeBoot,
        ExcludeDataVolumeIds: volumes.excludeData,
      },
      Description: `${work.runId} ${instanceId}`,
      CopyTagsFromSource: "volume",
      TagSpecifications: [
        { ResourceType: "snapshot", Tags: [{ Key: "freezeframe:run", Value: work.runId }] },
      ],
    }),
  )
  .catch((refused) => console.error(refused.name));
