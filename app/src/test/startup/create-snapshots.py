# What CreateSnapshots does: it takes one set.
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

with open(sys.argv[1], encoding="utf-8") as file:
    order = json.load(file)
work = order["work"]
volumes = work["inspection"]["answer"]["volumes"]
try:
    boto3.client("ec2", config=Config(retries={"total_max_attempts": 1})).create_snapshots(
        InstanceSpecification={
            "InstanceId": order["instanceId"],
            "ExcludeBootVolume": volumes["excludeBoot"],
            "ExcludeDataVolumeIds": volumes["excludeData"],
        },
        Description=f"{work['runId']} {order['instanceId']}",
        CopyTagsFromSource="volume",
        TagSpecifications=[
            {
                "ResourceType": "snapshot",
                "Tags": [{"Key": "freezeframe:run", "Value": work["runId"]}],
            }
        ],
    )
except ClientError as refused:
    print(refused, file=sys.stderr)
